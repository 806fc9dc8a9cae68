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

export const listDeliveriesSchema = z.object({
  runId: z.string(),
  step: z.coerce.number().int().min(0).max(99).optional(),
  state: z.enum(['queued', 'accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired']).optional(),
  cause: z.string().max(500).optional(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface DeliveryRow {
  id: string;
  step: number;
  state: DeliveryState;
  contactId: string;
  name: string | null;
  address: string | null;
  errorClass: string | null;
  errorCode: string | null;
  errorText: string | null;
  skipReason: string | null;
  attempts: number;
  firstIntentAt: Date | null;
  settledAt: Date | null;
  providerMessageId: string | null;
  resendOf: string | null;
}

const fromIssues = (state: string | undefined) => state !== undefined && state !== 'accepted' && state !== 'queued';

/** Deliveries of a run in pages: the rows behind every number of the run page. */
export async function listDeliveries(
  ctx: Ctx,
  input: z.input<typeof listDeliveriesSchema>,
): Promise<{ items: DeliveryRow[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const { runId, step, state, cause, cursor, limit } = parseInput(listDeliveriesSchema, input);
  const after = cursor ? decodeCursor(z.tuple([z.string()]), cursor)[0] : null;
  const ws = ctx.workspaceId;
  return withTx(ctx, async ({ sql }) => {
    const picked = fromIssues(state)
      ? sql`select i.delivery_id as id from delivery_issues i where i.workspace_id = ${ws} and i.run_id = ${runId} and i.state = ${state ?? 'failed'}
          ${step === undefined ? sql`` : sql`and i.step = ${step}`} ${cause ? sql`and i.cause = ${cause}` : sql``}
          ${after ? sql`and i.delivery_id > ${after}` : sql``} order by i.delivery_id limit ${limit + 1}`
      : sql`select d.id from deliveries d where d.workspace_id = ${ws} and d.run_id = ${runId}
          ${step === undefined ? sql`` : sql`and d.step = ${step}`} ${state ? sql`and d.state = ${state}` : sql`and d.state <> 'superseded'`}
          ${after ? sql`and d.id > ${after}` : sql``} order by d.id limit ${limit + 1}`;
    const rows = await sql<DeliveryRow[]>`
      select d.id, d.step, d.state, d.contact_id as "contactId", d.error_class as "errorClass", d.error_code as "errorCode",
        d.error_text as "errorText", d.skip_reason as "skipReason", d.attempts, d.first_intent_at as "firstIntentAt",
        d.settled_at as "settledAt", d.provider_message_id as "providerMessageId", d.resend_of as "resendOf",
        nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, coalesce(m.email, m.phone) as address
      from (${picked}) p join deliveries d on d.id = p.id
      left join contacts c on c.id = d.contact_id and c.workspace_id = d.workspace_id
      left join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
      order by d.id`;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items: [...items], nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
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
