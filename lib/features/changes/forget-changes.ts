import { withSystemTx } from '@/lib/db/client';
import { CHANGES_KEPT_DAYS } from '@/lib/domain/webhook';

const CHUNK = 20_000;

/**
 * Forgets entries of the change feed that are older than the time they are kept for, in chunks. The last entry of each
 * workspace stays, so that positions go on from it. Answers how many.
 */
export async function forgetChanges(now = new Date()): Promise<number> {
  for (let total = 0; ; ) {
    const gone = await withSystemTx(async ({ sql }) => {
      const deleted = await sql`
        with old as (
          select c.id from changes c where c.at < ${now}::timestamptz - make_interval(days => ${CHANGES_KEPT_DAYS})
            and c.position < (select max(k.position) from changes k where k.workspace_id = c.workspace_id)
          order by c.id limit ${CHUNK}
        )
        delete from changes using old where changes.id = old.id`;
      return deleted.count;
    });
    total += gone;
    if (gone < CHUNK) return total;
  }
}
