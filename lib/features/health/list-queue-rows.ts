import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { readByIndexOnly } from '@/lib/features/runs/run-row-pages';
import { writtenTo } from '@/lib/features/runs/written-to';

export const QUEUED = ['due', 'later', 'on_wire'] as const;

export const listQueueRowsSchema = z.object({
  of: z.enum(QUEUED),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface QueueRow {
  id: string;
  runId: string;
  run: string;
  step: number;
  stepName: string | null;
  contactId: string;
  name: string | null;
  address: string | null;
  /** From when it may go; null while a person has to let it. */
  notBefore: Date | null;
}

const placeSchema = z.tuple([z.string().regex(/^\d{1,19}$/), z.string().regex(/^\d{1,19}$/)]);

/** The deliveries behind a number of `queueHealth`: what could go now, what waits for a later time, what is on the wire. */
export async function listQueueRows(
  ctx: Ctx,
  input: z.input<typeof listQueueRowsSchema>,
): Promise<{ items: QueueRow[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const { of, cursor, limit } = parseInput(listQueueRowsSchema, input);
  const after = cursor ? decodeCursor(placeSchema, cursor) : null;
  const ws = ctx.workspaceId;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    await readByIndexOnly(tx);
    const isHeld = sql`coalesce(b.lease_until > now(), false)`;
    const isDue = sql`b.state = 'ready' and b.not_before <= now()`;
    const wanted = {
      due: sql`not ${isHeld} and ${isDue}`,
      later: sql`not ${isHeld} and not (${isDue})`,
      on_wire: sql`${isHeld} and exists (select 1 from intents i
        where i.batch_id = b.id and i.closed_at is null and d.id = any(i.delivery_ids))`,
    }[of];
    const rows = await sql<(QueueRow & { batch: string })[]>`
      select t.id::text as id, t.batch::text as batch, t.run_id as "runId", k.name as run, t.step,
        v.outline -> t.step::int ->> 'name' as "stepName", t.contact_id as "contactId",
        nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, ${writtenTo(tx, sql`v.outline -> t.step::int ->> 'kind'`)} as address,
        t.not_before as "notBefore"
      from (
        select d.id, b.id as batch, b.run_id, b.step, d.contact_id, case when b.state = 'ready' then b.not_before end as not_before
        from runs r join batches b on b.workspace_id = r.workspace_id and b.run_id = r.id and b.state in ('ready', 'held')
        join deliveries d on d.batch_id = b.id ${of === 'on_wire' ? sql`` : sql`and d.state = 'queued'`}
        where r.workspace_id = ${ws} and r.status = 'sending' and ${wanted}
          ${after ? sql`and (b.id, d.id) > (${after[0]}::bigint, ${after[1]}::bigint)` : sql``}
        order by b.id, d.id limit ${limit + 1}
      ) t
      join runs r on r.id = t.run_id join campaigns k on k.id = r.campaign_id join campaign_versions v on v.id = r.version_id
      left join contacts c on c.id = t.contact_id and c.workspace_id = ${ws}
      left join run_members m on m.workspace_id = ${ws} and m.run_id = t.run_id and m.contact_id = t.contact_id
      order by t.batch, t.id`;
    const end = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map(({ batch: _, ...row }) => row),
      nextCursor: rows.length > limit && end ? encodeCursor([end.batch, end.id]) : null,
    };
  });
}
