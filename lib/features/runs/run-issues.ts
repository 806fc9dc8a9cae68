import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import type { DeliveryState } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';

export interface IssueGroup {
  step: number;
  state: DeliveryState;
  /** Error class and code, or the skip reason. */
  cause: string;
  n: number;
  /** What the provider said to one of them. */
  example: string | null;
}

/** Deliveries of a run that did not end well, grouped by step and cause, largest first. */
export async function issueGroups(ctx: Ctx, runId: string): Promise<IssueGroup[]> {
  authorise(ctx, 'runs.read');
  return withTx(ctx, async ({ sql }) => {
    return await sql<IssueGroup[]>`
      select g.step, g.state, g.cause, g.n, d.error_text as example from (
        select step, state, cause, count(*)::int as n, min(delivery_id) as one from delivery_issues
        where workspace_id = ${ctx.workspaceId} and run_id = ${runId} group by step, state, cause
      ) g left join deliveries d on d.id = g.one
      order by g.state = 'in_doubt' desc, g.state = 'failed' desc, g.n desc`;
  });
}

export const listExcludedSchema = z.object({
  runId: z.string(),
  reason: z.string().max(60).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface ExcludedRow {
  contactId: string;
  name: string | null;
  email: string | null;
  phone: string | null;
  reason: string;
}

/** Who of the lists is not in the audience, each with the reason. */
export async function listExcluded(
  ctx: Ctx,
  input: z.input<typeof listExcludedSchema>,
): Promise<{ items: ExcludedRow[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const { runId, reason, cursor, limit } = parseInput(listExcludedSchema, input);
  const after = cursor ? decodeCursor(z.tuple([z.string()]), cursor)[0] : '';
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<ExcludedRow[]>`
      select m.contact_id as "contactId", m.exclusion as reason, c.email, c.phone,
             nullif(concat_ws(' ', c.first_name, c.last_name), '') as name
      from run_members m left join contacts c on c.id = m.contact_id and c.workspace_id = m.workspace_id
      where m.workspace_id = ${ctx.workspaceId} and m.run_id = ${runId} and m.exclusion is not null
        ${reason ? sql`and m.exclusion = ${reason}` : sql``} and m.contact_id > ${after}
      order by m.contact_id limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: [...items], nextCursor: rows.length > limit && last ? encodeCursor([last.contactId]) : null };
  });
}
