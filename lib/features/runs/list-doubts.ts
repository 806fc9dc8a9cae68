import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { writtenTo } from '@/lib/features/runs/written-to';
import { deliveryIdToPublic } from '@/lib/ids';

export const listDoubtsSchema = z.object({
  runId: z.string(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(20),
});

export interface DoubtAttempt {
  n: number;
  outcome: 'accepted' | 'rejected' | 'unknown';
  intentAt: string;
  endedAt: string;
  code: string | null;
  text: string | null;
}

/** A delivery in doubt with everything known about it. */
export interface Doubt {
  id: string;
  step: number;
  contactId: string;
  name: string | null;
  address: string | null;
  cause: string;
  errorText: string | null;
  firstIntentAt: Date | null;
  since: Date;
  provider: { name: string; kind: string } | null;
  attempts: DoubtAttempt[];
  /** What the provider reported later; none of it was proof yet. */
  events: { type: string; at: string }[];
}

/** Deliveries of a run in doubt, each with its evidence: when it went out, what came back, what was heard since. */
export async function listDoubts(
  ctx: Ctx,
  input: z.input<typeof listDoubtsSchema>,
): Promise<{ items: Doubt[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const { runId, cursor, limit } = parseInput(listDoubtsSchema, input);
  const position = z.tuple([z.number(), z.string(), z.string().regex(/^\d{1,19}$/)]);
  const after = cursor ? decodeCursor(position, cursor) : null;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const kind = sql`(select v.outline -> d.step::int ->> 'kind' from runs r join campaign_versions v on v.id = r.version_id
      where r.id = d.run_id)`;
    const rows = await sql<Doubt[]>`
      select d.id, d.step, d.contact_id as "contactId", i.cause, d.error_text as "errorText", d.first_intent_at as "firstIntentAt",
        i.at as since, nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, ${writtenTo(tx, kind)} as address,
        (select jsonb_build_object('name', a.name, 'kind', a.kind) from batches b join provider_accounts a on a.id = b.provider_account_id
          where b.id = d.batch_id) as provider,
        coalesce((select jsonb_agg(jsonb_build_object('n', t.n, 'outcome', t.outcome, 'intentAt', t.intent_at, 'endedAt', t.ended_at,
            'code', t.code, 'text', t.text) order by t.n) from delivery_attempts t where t.delivery_id = d.id), '[]') as attempts,
        coalesce((select jsonb_agg(jsonb_build_object('type', e.type, 'at', coalesce(e.provider_at, e.received_at)) order by e.id)
          from provider_events e where e.workspace_id = d.workspace_id and e.delivery_id = d.id), '[]') as events
      from (
        select delivery_id, step, cause, at from delivery_issues
        where workspace_id = ${ctx.workspaceId} and run_id = ${runId} and state = 'in_doubt'
          ${after ? sql`and (step, cause, delivery_id) > (${after[0]}::int, ${after[1]}, ${after[2]}::bigint)` : sql``}
        order by step, cause, delivery_id limit ${limit + 1}
      ) i join deliveries d on d.id = i.delivery_id
      left join contacts c on c.id = d.contact_id and c.workspace_id = d.workspace_id
      left join run_members m on m.workspace_id = d.workspace_id and m.run_id = d.run_id and m.contact_id = d.contact_id
      order by i.step, i.cause, d.id`;
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map((row) => ({ ...row, id: deliveryIdToPublic(row.id) })),
      nextCursor: rows.length > limit && last ? encodeCursor([last.step, last.cause, last.id]) : null,
    };
  });
}
