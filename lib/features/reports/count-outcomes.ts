import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { KEPT_FROM, keepBreakdowns } from '@/lib/features/reports/run-breakdowns';
import { hitKind } from '@/lib/features/runs/hit-kind';

/** Runs of up to this many people are counted while somebody waits; larger ones after the page was answered. */
const COUNTED_AT_ONCE = 100_000;
/** A run of up to this many people is counted in milliseconds: its own report never shows less than its list of links. */
const SMALL = KEPT_FROM;

interface Stale {
  runId: string;
  audience: number;
  isFirst: boolean;
}

// the older the run, the rarer its news: two percent of its age, at least 20 seconds, at most an hour
async function staleRuns(tx: Tx, workspaceId: string, runIds: readonly string[], fresh: boolean): Promise<Stale[]> {
  return await tx.sql<Stale[]>`
    select r.id as "runId", coalesce(r.audience_count, 0) as audience, o.counted_at is null as "isFirst"
    from runs r left join lateral (
      select min(counted_at) as counted_at from run_outcomes o where o.workspace_id = r.workspace_id and o.run_id = r.id
    ) o on true
    where r.workspace_id = ${workspaceId} and r.id = any(${[...runIds]}::text[]) and r.audience_count > 0
      and (o.counted_at is null or (r.audience_count > ${SMALL} and not exists (
          select 1 from run_breakdowns k where k.workspace_id = r.workspace_id and k.run_id = r.id)) or (${fresh} and r.audience_count <= ${SMALL}) or o.counted_at < now() - least(interval '1 hour',
        greatest(interval '20 seconds', 0.02 * (now() - coalesce(r.completed_at, now())))))`;
}

async function countRun(tx: Tx, workspaceId: string, { runId, audience }: Stale): Promise<void> {
  const { sql } = tx;
  const [lock] = await sql<{ free: boolean }[]>`
    select pg_try_advisory_xact_lock(hashtextextended(${`outcomes:${runId}`}, 0)) as free`;
  if (!lock?.free) return;
  await sql`
    insert into run_outcomes (workspace_id, run_id, step, accepted, delivered, hard_bounced, soft_bounced, complained,
      opened_by_people, opened_by_machines, opened_unknown, clicked, unsubscribed)
    with mine as materialized (
      select d.id, d.step, d.state, d.settled_at, d.delivered_at, d.bounced_at, d.bounce_type, d.complained_at, d.opened_at,
        d.clicked_at, d.unsubscribed_at
      from batches b join deliveries d on d.batch_id = b.id
      where b.workspace_id = ${workspaceId} and b.run_id = ${runId} and b.wave <> ${RESENT_WAVE}
    ), hit as (
      select h.delivery_id, bool_or(kind = 'person') as by_person, bool_and(kind = 'machine') as by_machine
      from (select h.delivery_id, ${hitKind(tx)} as kind from mine d
            join tracking_hits h on h.workspace_id = ${workspaceId} and h.delivery_id = d.id
            where d.opened_at is not null) h group by 1
    )
    select ${workspaceId}, ${runId}, m.step, count(*) filter (where m.state = 'accepted'), count(m.delivered_at),
      count(*) filter (where m.bounce_type = 'hard'), count(*) filter (where m.bounce_type = 'soft'), count(m.complained_at),
      count(*) filter (where m.opened_at is not null and hit.by_person),
      count(*) filter (where m.opened_at is not null and not hit.by_person and hit.by_machine),
      count(*) filter (where m.opened_at is not null and coalesce(not hit.by_person and not hit.by_machine, true)),
      count(m.clicked_at), count(m.unsubscribed_at)
    from mine m left join hit on hit.delivery_id = m.id group by m.step
    on conflict (workspace_id, run_id, step) do update set counted_at = now(), accepted = excluded.accepted,
      delivered = excluded.delivered, hard_bounced = excluded.hard_bounced, soft_bounced = excluded.soft_bounced,
      complained = excluded.complained, opened_by_people = excluded.opened_by_people,
      opened_by_machines = excluded.opened_by_machines, opened_unknown = excluded.opened_unknown, clicked = excluded.clicked,
      unsubscribed = excluded.unsubscribed`;
  if (audience > SMALL) await keepBreakdowns(tx, workspaceId, runId);
}

/**
 * Brings the kept outcomes of these runs up to date: those never counted and not too large now, the others when the
 * returned work is run. A run counted lately is left alone, unless `fresh` asks for the numbers of this moment of small
 * ones; two callers at once count a run once.
 */
export async function countOutcomes(
  ctx: Ctx,
  runIds: readonly string[],
  { fresh = false }: { fresh?: boolean } = {},
): Promise<{ later: (() => Promise<void>) | null }> {
  authorise(ctx, 'reports.read');
  const stale = await withTx(ctx, (tx) => staleRuns(tx, ctx.workspaceId, runIds, fresh));
  const later: Stale[] = [];
  let budget = COUNTED_AT_ONCE;
  for (const run of stale.sort((a, b) => a.audience - b.audience)) {
    budget -= run.audience;
    if ((run.isFirst || (fresh && run.audience <= SMALL)) && budget >= 0)
      await withTx(ctx, (tx) => countRun(tx, ctx.workspaceId, run));
    else later.push(run);
  }
  if (later.length === 0) return { later: null };
  return {
    later: async () => {
      for (const run of later) await withTx(ctx, (tx) => countRun(tx, ctx.workspaceId, run));
    },
  };
}
