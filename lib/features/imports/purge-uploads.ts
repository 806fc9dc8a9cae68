import { withSystemTx } from '@/lib/db/client';

const KEEP_DAYS = 30;

/**
 * Deletes the bytes of files that nobody needs any more: a month after their last import ended, or after they were
 * uploaded without being imported. What the imports did stays on record. Answers how many files were emptied.
 */
export async function purgeUploads(now = new Date()): Promise<{ purged: number }> {
  return withSystemTx(async ({ sql }) => {
    const emptied = await sql<{ id: string }[]>`
      with old as (
        select u.id, u.workspace_id from uploads u
        where u.created_at < ${now}::timestamptz - make_interval(days => ${KEEP_DAYS})
          and exists (select 1 from upload_chunks k where k.workspace_id = u.workspace_id and k.upload_id = u.id)
          and not exists (
            select 1 from imports i where i.workspace_id = u.workspace_id and i.upload_id = u.id
              and (i.status in ('queued', 'running')
                or i.ended_at >= ${now}::timestamptz - make_interval(days => ${KEEP_DAYS})))
        limit 100
      ), gone as (
        delete from upload_chunks k using old where k.workspace_id = old.workspace_id and k.upload_id = old.id
      )
      select id from old`;
    return { purged: emptied.length };
  });
}
