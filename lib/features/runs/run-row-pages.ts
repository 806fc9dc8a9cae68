import type { Tx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { OUTSIDE_HOURS } from '@/lib/domain/error-words';
import type { Fragment } from '@/lib/features/audience/member-query';

/** What is known of a message beyond its state, by the column that dates it. */
export const ROW_FACTS = ['delivered', 'bounced', 'complained', 'opened', 'clicked', 'unsubscribed'] as const;
export type RowFact = (typeof ROW_FACTS)[number];

export interface PageRequest {
  workspaceId: string;
  runId: string;
  step: number;
  limit: number;
  /** Place and delivery of the last row of the page before. */
  after: readonly [string, string] | null;
}

/**
 * A page takes its fifty rows from an index in order and looks everything else up row by row. The planner, which expects
 * far more rows, would rather read a whole run; this lets it not, until the transaction ends.
 */
export async function readByIndexOnly({ sql }: Tx): Promise<void> {
  await sql`select set_config(name, 'off', true) from unnest(array['enable_hashjoin', 'enable_mergejoin', 'enable_seqscan',
    'enable_bitmapscan', 'jit']) t(name)`;
}

// every page has the columns id, contact_id, place and cause; `place` and `id` are where the next one begins

/** Failed, skipped, expired, in doubt: by cause. */
export function issuesPage({ sql }: Tx, request: PageRequest, state: string, cause: string | undefined): Fragment {
  const { workspaceId, runId, step, limit, after } = request;
  return sql`
    select i.delivery_id as id, null::text as contact_id, i.cause as place, i.cause from delivery_issues i
    where i.workspace_id = ${workspaceId} and i.run_id = ${runId} and i.step = ${step} and i.state = ${state}::delivery_state
      ${cause ? sql`and i.cause = ${cause}` : sql``}
      ${after ? sql`and (i.cause, i.delivery_id) > (${after[0]}, ${after[1]}::bigint)` : sql``}
      and exists (select 1 from deliveries d join batches b on b.id = d.batch_id where d.id = i.delivery_id and b.wave <> ${RESENT_WAVE})
    order by i.cause, i.delivery_id limit ${limit + 1}`;
}

/** Members looked at one by one, in order, before the whole run is read for the few that are wanted. */
const MOST_LOOKED_AT = 5_000;

/**
 * Settled in a state, or of which a fact is known: by contact. Members are walked in order and each one's delivery is looked
 * up; where many members bring few rows, what the run has is read batch by batch and put in order.
 */
export async function settledPage(
  { sql }: Tx,
  request: PageRequest,
  state: string | undefined,
  fact: RowFact | undefined,
  mostLookedAt = MOST_LOOKED_AT,
): Promise<{ page: Fragment }> {
  const { workspaceId, runId, step, limit, after } = request;
  const wanted = sql`d.workspace_id = ${workspaceId} and d.run_id = ${runId} and d.step = ${step}
    ${state ? sql`and d.state = ${state}::delivery_state` : sql`and d.state <> 'superseded'`}
    ${fact ? sql`and ${sql(`d.${fact}_at`)} is not null` : sql``} ${after ? sql`and d.contact_id > ${after[0]}` : sql``}`;
  const columns = sql`d.id, d.contact_id, d.contact_id as place, null::text as cause`;
  const walked = sql`
    select ${columns} from (
      select contact_id from run_members where workspace_id = ${workspaceId} and run_id = ${runId}
        ${after ? sql`and contact_id > ${after[0]}` : sql``} order by contact_id limit ${mostLookedAt}) m
    join deliveries d on d.contact_id = m.contact_id and ${wanted} and d.repeat = 0 order by m.contact_id limit ${limit + 1}`;
  const [found] = await sql<{ rows: number; members: number }[]>`
    select (select count(*)::int from (${walked}) w) as rows, (
      select count(*)::int from (select 1 from run_members where workspace_id = ${workspaceId} and run_id = ${runId}
        ${after ? sql`and contact_id > ${after[0]}` : sql``} limit ${mostLookedAt}) m) as members`;
  const isEnough = (found?.rows ?? 0) > limit || (found?.members ?? 0) < mostLookedAt;
  const read = sql`
    select ${columns} from batches b join deliveries d on d.batch_id = b.id
    where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and ${wanted} and d.repeat = 0
    order by d.contact_id limit ${limit + 1}`;
  const resent = sql`
    select ${columns} from deliveries d where ${wanted} and d.resend_of is not null
      and exists (select 1 from batches b where b.id = d.batch_id and b.wave <> ${RESENT_WAVE})
    order by d.contact_id limit ${limit + 1}`;
  // wrapped: a query that an async function answers bare would be sent
  return {
    page: sql`select * from ((${isEnough ? walked : read}) union all (${resent})) t order by place limit ${limit + 1}`,
  };
}

/**
 * Not settled: queued at this step, or still at an earlier one, which everybody passes who comes here. For a cause: only
 * those whom it holds at this very step.
 */
export function waitingPage({ sql }: Tx, request: PageRequest, cause: string | undefined): Fragment {
  const { workspaceId, runId, step, limit, after } = request;
  const outsideHours = sql`b.step = ${step} and b.state = 'ready' and b.waits_for = 'hours' and b.not_before > now()`;
  const ofCause = cause === OUTSIDE_HOURS ? outsideHours : sql`false`;
  return sql`
    select d.id, d.contact_id, b.id::text as place, null::text as cause
    from batches b join deliveries d on d.batch_id = b.id and d.state = 'queued'
    where b.workspace_id = ${workspaceId} and b.run_id = ${runId}
      and ${cause ? ofCause : sql`b.step <= ${step} and b.state in ('ready', 'held')`} and b.wave <> ${RESENT_WAVE} ${after ? sql`and (b.id, d.id) > (${after[0]}::bigint, ${after[1]}::bigint)` : sql``}
    order by b.id, d.id limit ${limit + 1}`;
}

/** The whole audience, with what became of each at this step, if anything yet: by contact. */
export function audiencePage({ sql }: Tx, request: PageRequest): Fragment {
  const { workspaceId, runId, step, limit, after } = request;
  return sql`
    select (
        select d.id from deliveries d join batches b on b.id = d.batch_id and b.wave <> ${RESENT_WAVE}
        where d.workspace_id = m.workspace_id and d.run_id = m.run_id and d.step = ${step} and d.contact_id = m.contact_id
          and d.state <> 'superseded' order by d.repeat limit 1) as id,
      m.contact_id, m.contact_id as place, null::text as cause
    from run_members m where m.workspace_id = ${workspaceId} and m.run_id = ${runId} and m.wave is not null
      ${after ? sql`and m.contact_id > ${after[0]}` : sql``}
    order by m.contact_id limit ${limit + 1}`;
}
