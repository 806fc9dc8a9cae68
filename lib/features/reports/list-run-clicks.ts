import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import { hitKind } from '@/lib/features/runs/hit-kind';
import { readByIndexOnly } from '@/lib/features/runs/run-row-pages';

export const CLICKED_BY = ['machines', 'others'] as const;

export const listRunClicksSchema = z.object({
  runId: z.string(),
  step: z.coerce.number().int().min(0).max(99).optional(),
  /** The number of the link in the message, from 0. */
  link: z.coerce.number().int().min(0).max(32_000).optional(),
  by: z.enum(CLICKED_BY).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface RunClick {
  id: string;
  step: number;
  link: number;
  contactId: string;
  name: string | null;
  address: string | null;
  by: 'person' | 'machine' | 'unknown';
  userAgent: string | null;
  at: Date;
}

const placeSchema = z.tuple([
  z.string().regex(/^\d{1,19}$/),
  z.string().regex(/^\d{1,19}$/),
  z.string().regex(/^\d{1,19}$/),
]);

/** Every click that a report of a run counts, of a link and of machines if asked for: message by message, as they came. */
export async function listRunClicks(
  ctx: Ctx,
  input: z.input<typeof listRunClicksSchema>,
): Promise<{ items: RunClick[]; nextCursor: string | null }> {
  authorise(ctx, 'reports.read');
  const { runId, step, link, by, cursor, limit } = parseInput(listRunClicksSchema, input);
  const after = cursor ? decodeCursor(placeSchema, cursor) : null;
  const { workspaceId } = ctx;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    await readByIndexOnly(tx);
    const rows = await sql<(RunClick & { batch: string; delivery: string })[]>`
      select t.*, t.id::text as id, t.batch::text as batch, t.delivery::text as delivery,
        nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, coalesce(m.email, m.phone) as address
      from (
        select h.id, b.id as batch, d.id as delivery, d.step, h.link, d.contact_id as "contactId", ${hitKind(tx)} as by,
          h.user_agent as "userAgent", h.at
        from batches b join deliveries d on d.batch_id = b.id and d.clicked_at is not null and d.state <> 'superseded'
        join tracking_hits h on h.workspace_id = ${workspaceId} and h.delivery_id = d.id and h.kind = 'click'
        where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and b.wave <> ${RESENT_WAVE}
          ${step === undefined ? sql`` : sql`and b.step <= ${step} and d.step = ${step}`}
          ${link === undefined ? sql`` : sql`and h.link = ${link}`}
          ${by === undefined ? sql`` : sql`and (${hitKind(tx)} = 'machine') = ${by === 'machines'}`}
          ${after ? sql`and (b.id, d.id, h.id) > (${after[0]}::bigint, ${after[1]}::bigint, ${after[2]}::bigint)` : sql``}
        order by b.id, d.id, h.id limit ${limit + 1}
      ) t
      left join contacts c on c.id = t."contactId" and c.workspace_id = ${workspaceId}
      left join run_members m on m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.contact_id = t."contactId"
      order by t.batch, t.delivery, t.id`;
    const end = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map(({ batch: _, delivery: __, ...row }) => row),
      nextCursor: rows.length > limit && end ? encodeCursor([end.batch, end.delivery, end.id]) : null,
    };
  });
}
