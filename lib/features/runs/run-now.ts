import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { loadRunIn } from '@/lib/features/runs/load-run';
import { type StepOutsideHours, stepsOutsideHours } from '@/lib/features/runs/waiting-for-hours';
import { waveOpening } from '@/lib/features/runs/wave-opening';

/** What a run under way is doing this very moment. */
export interface RunNow {
  /** Numbers of the steps that workers hold batches of. */
  steps: number[];
  /** Batches held by workers, and by how many of them. */
  heldBatches: number;
  workers: number;
  /** Messages committed to being sent whose answer is still out. */
  onWire: number;
  /** Batches that could go now. */
  dueBatches: number;
  /** When the next batch may go, if none may now: a retry, a wait step, a provider that asked for patience. */
  nextAt: Date | null;
  /** The lowest wave that is out and not done. */
  wave: number | null;
  /** The next wave that is held back. */
  heldWave: { number: number; size: number; releasesAt: Date | null } | null;
  /** Steps some of whose messages wait for the hours in which they may leave. */
  outsideHours: StepOutsideHours[];
}

interface BatchRow {
  steps: number[] | null;
  heldBatches: number;
  workers: number;
  dueBatches: number;
  nextAt: Date | null;
}

interface WaveRow {
  wave: number | null;
  held: { number: number; size: number } | null;
  releasesAt: Date | null;
}

/** Reads leases, open intents and waves of a run; a handful of index look-ups. */
export async function runNow(ctx: Ctx, runId: string): Promise<RunNow> {
  authorise(ctx, 'runs.read');
  const ws = ctx.workspaceId;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [batches] = await sql<BatchRow[]>`
      select array_agg(distinct b.step) filter (where held) as steps, count(*) filter (where held)::int as "heldBatches",
        count(distinct b.lease_owner) filter (where held)::int as workers,
        count(*) filter (where not held and due_at <= now())::int as "dueBatches",
        min(due_at) filter (where not held and due_at > now()) as "nextAt"
      from (select b.step, b.lease_owner, coalesce(b.lease_until > now(), false) as held,
              greatest(b.not_before, a.breaker_retry_at) as due_at
            from batches b left join provider_accounts a on a.id = b.provider_account_id
            where b.workspace_id = ${ws} and b.run_id = ${runId} and b.state = 'ready') b`;
    const [wire] = await sql<{ n: number }[]>`
      select coalesce(sum(cardinality(i.delivery_ids)), 0)::int as n from batches b join intents i on i.batch_id = b.id
      where b.workspace_id = ${ws} and b.run_id = ${runId} and b.state = 'ready' and b.lease_until > now() and i.closed_at is null`;
    const [waves] = await sql<WaveRow[]>`
      select (select min(number) from waves w where w.workspace_id = ${ws} and w.run_id = ${runId} and status = 'released') as wave,
        (select jsonb_build_object('number', number, 'size', size) from waves w
          where w.workspace_id = ${ws} and w.run_id = ${runId} and status = 'held' order by number limit 1) as held,
        (select max(w.released_at) + coalesce((v.frozen #>> '{policy,waveIntervalMs}')::float8, 0) * interval '1 ms'
          from runs r join campaign_versions v on v.id = r.version_id
          join waves w on w.workspace_id = r.workspace_id and w.run_id = r.id and w.released_at is not null
          where r.workspace_id = ${ws} and r.id = ${runId} and coalesce(v.frozen #>> '{policy,waveGate}', 'interval') = 'interval'
          group by v.id) as "releasesAt"`;
    let releasesAt = waves?.releasesAt ?? null;
    if (releasesAt) {
      const run = await loadRunIn(tx, ws, runId);
      releasesAt = new Date(waveOpening(run, Math.max(releasesAt.getTime(), databaseNow().getTime())));
    }
    return {
      steps: batches?.steps ?? [],
      heldBatches: batches?.heldBatches ?? 0,
      workers: batches?.workers ?? 0,
      onWire: wire?.n ?? 0,
      dueBatches: batches?.dueBatches ?? 0,
      nextAt: batches?.nextAt ?? null,
      wave: waves?.wave ?? null,
      heldWave: waves?.held ? { ...waves.held, releasesAt } : null,
      outsideHours: await stepsOutsideHours(tx, ws, runId),
    };
  });
}
