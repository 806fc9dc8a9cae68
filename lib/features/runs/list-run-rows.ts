import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import type { DeliveryState } from '@/lib/domain/delivery';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';

/** The segments of the strip; `waiting` are those of the audience that are not settled, queued yet or not. */
export const ROW_STATES = ['accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired', 'waiting'] as const;

/** What is known of a message beyond its state, by the column that dates it. */
export const ROW_FACTS = ['delivered', 'bounced', 'complained', 'opened', 'clicked', 'unsubscribed'] as const;

export const listRunRowsSchema = z.object({
  runId: z.string(),
  step: z.coerce.number().int().min(0).max(99),
  state: z.enum(ROW_STATES).optional(),
  cause: z.string().max(500).optional(),
  fact: z.enum(ROW_FACTS).optional(),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

/** One contact of the audience at one step. */
export interface RunRow {
  contactId: string;
  name: string | null;
  address: string | null;
  /** Null while it waits for the step before. */
  deliveryId: string | null;
  state: DeliveryState;
  cause: string | null;
  errorText: string | null;
  attempts: number;
  firstIntentAt: Date | null;
  settledAt: Date | null;
  deliveredAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
  bouncedAt: Date | null;
  isResent: boolean;
}

type Fragment = ReturnType<Tx['sql']>;
type Input = z.output<typeof listRunRowsSchema>;
type Position = readonly [string, string];

const FROM_ISSUES: ReadonlySet<string | undefined> = new Set(['failed', 'skipped', 'in_doubt', 'expired']);

/** Ids of one page in the order of an index, so that a page costs the same at any size of the run. */
function pageOf({ sql }: Tx, ws: string, input: Input, after: Position | null): Fragment {
  const { runId, step, state, cause, fact, limit } = input;
  if (FROM_ISSUES.has(state) && !fact) {
    return sql`
      select i.delivery_id as id, null::text as contact_id, i.cause as place, i.cause
      from delivery_issues i
      where i.workspace_id = ${ws} and i.run_id = ${runId} and i.step = ${step} and i.state = ${state ?? 'failed'}::delivery_state
        ${cause ? sql`and i.cause = ${cause}` : sql``}
        ${after ? sql`and (i.cause, i.delivery_id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
      order by i.cause, i.delivery_id limit ${limit + 1}`;
  }
  const beyond = after ? sql`and d.contact_id > ${after[0]}` : sql``;
  const wanted =
    state === undefined
      ? sql`and d.state <> 'superseded'`
      : state === 'waiting'
        ? sql`and d.state = 'queued'`
        : sql`and d.state = ${state}::delivery_state`;
  const known = fact ? sql`and ${sql(`d.${fact}_at`)} is not null` : sql``;
  const one = (extra: Fragment) => sql`
    (select d.id, d.contact_id, d.contact_id as place, null::text as cause from deliveries d
     where d.workspace_id = ${ws} and d.run_id = ${runId} and d.step = ${step} ${extra} ${wanted} ${known} ${beyond}
     order by d.contact_id limit ${limit + 1})`;
  const parts = sql`${one(sql`and d.resend_of is null`)} union all ${one(sql`and d.resend_of is not null`)}`;
  if (fact || (state !== undefined && state !== 'waiting'))
    return sql`select * from (${parts}) t order by place limit ${limit + 1}`;
  // people whose earlier step is not settled have no row at this step yet
  return sql`
    select * from (${parts} union all
      (select null, m.contact_id, m.contact_id, null from run_members m
       where m.workspace_id = ${ws} and m.run_id = ${runId} and m.wave is not null ${after ? sql`and m.contact_id > ${after[0]}` : sql``}
         and not exists (select 1 from deliveries d where d.workspace_id = m.workspace_id and d.run_id = m.run_id
           and d.step = ${step} and d.contact_id = m.contact_id and d.resend_of is null)
       order by m.contact_id limit ${limit + 1})) t
    order by place limit ${limit + 1}`;
}

/** The people behind one number of the run page: of a step, in a state, for a cause. */
export async function listRunRows(
  ctx: Ctx,
  input: z.input<typeof listRunRowsSchema>,
): Promise<{ items: RunRow[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const parsed = parseInput(listRunRowsSchema, input);
  const { runId, limit, cursor } = parsed;
  const after = cursor ? decodeCursor(z.tuple([z.string(), z.string()]), cursor) : null;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [run] = await sql`select 1 from runs where workspace_id = ${ctx.workspaceId} and id = ${runId}`;
    if (!run) throw new AppError('not_found', 'This run does not exist in this workspace.');
    const rows = await sql<(RunRow & { place: string })[]>`
      select d.id as "deliveryId", coalesce(d.state, 'queued') as state, coalesce(d.contact_id, p.contact_id) as "contactId",
        coalesce(p.cause, d.skip_reason, d.error_class || ':' || d.error_code) as cause, d.error_text as "errorText",
        coalesce(d.attempts, 0) as attempts, d.first_intent_at as "firstIntentAt", d.settled_at as "settledAt",
        d.delivered_at as "deliveredAt", d.opened_at as "openedAt", d.clicked_at as "clickedAt", d.bounced_at as "bouncedAt",
        d.resend_of is not null as "isResent", p.place,
        nullif(concat_ws(' ', c.first_name, c.last_name), '') as name, coalesce(m.email, m.phone) as address
      from (${pageOf(tx, ctx.workspaceId, parsed, after)}) p left join deliveries d on d.id = p.id
      left join contacts c on c.workspace_id = ${ctx.workspaceId} and c.id = coalesce(d.contact_id, p.contact_id)
      left join run_members m on m.workspace_id = ${ctx.workspaceId} and m.run_id = ${runId}
        and m.contact_id = coalesce(d.contact_id, p.contact_id)
      order by p.place, d.id`;
    const last = rows[limit - 1];
    return {
      items: rows.slice(0, limit).map(({ place: _, ...row }) => row),
      nextCursor: rows.length > limit && last ? encodeCursor([last.place, last.deliveryId ?? '0']) : null,
    };
  });
}
