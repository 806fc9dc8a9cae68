import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { RunStatus } from '@/lib/domain/run';
import type { StripCounts } from '@/lib/domain/strip';
import { AppError } from '@/lib/errors';
import {
  emptyCounts,
  expectedTotals,
  type StepOutline,
  type StepProgress,
  stepTotals,
} from '@/lib/features/runs/step-totals';
import { secondsLeft } from '@/lib/features/runs/time-left';
import { type OutsideHours, outsideHours } from '@/lib/features/runs/waiting-for-hours';

export interface WaveProgress {
  number: number;
  size: number;
  status: 'held' | 'released' | 'done';
  releasedAt: Date | null;
  doneAt: Date | null;
  /** Of the first step with deliveries. */
  counts: StripCounts;
}

export interface RunProgress {
  id: string;
  name: string;
  campaignId: string;
  status: RunStatus;
  statusReason: string | null;
  pausedBy: { type: string; id: string; name: string } | null;
  scheduledAt: Date | null;
  startedAt: Date | null;
  queuedAt: Date | null;
  completedAt: Date | null;
  lastProgressAt: Date | null;
  listTotal: number | null;
  audience: number;
  excluded: { reason: string; n: number }[];
  steps: StepProgress[];
  waves: WaveProgress[];
  /** Whether every step's numbers, waiting included, sum to the audience and none is negative. */
  balanced: boolean;
  maxPerSecond: number | null;
  /** Deliveries settled per second over the last half minute. */
  ratePerSecond: number;
  etaSeconds: number | null;
  /** While the audience is still worked out and queued, which the first of a large one do not wait for. */
  queuing: { members: number } | null;
  /** Deliveries that wait for the hours in which they may be sent; part of what is waiting. */
  outsideHours: OutsideHours | null;
}

type Row = Omit<
  RunProgress,
  'excluded' | 'steps' | 'waves' | 'balanced' | 'ratePerSecond' | 'etaSeconds' | 'queuing' | 'outsideHours'
> & {
  fromStep: number;
  freezeDone: number;
  flow: StepOutline[];
};

/** The live numbers of a run, from the deltas its deliveries wrote as they settled. Cheap at any size. */
export async function runProgress(ctx: Ctx, runId: string): Promise<RunProgress> {
  authorise(ctx, 'runs.read');
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const ws = ctx.workspaceId;
    const [row] = await sql<Row[]>`
      select r.id, r.name, r.campaign_id as "campaignId", r.status, r.status_reason as "statusReason", r.paused_by as "pausedBy",
        r.scheduled_at as "scheduledAt", r.started_at as "startedAt", r.queued_at as "queuedAt", r.completed_at as "completedAt",
        r.last_progress_at as "lastProgressAt", r.list_total as "listTotal", coalesce(r.audience_count, 0) as audience,
        r.max_per_second as "maxPerSecond", r.from_step as "fromStep", r.freeze_done as "freezeDone",
        v.outline as flow
      from runs r join campaign_versions v on v.id = r.version_id where r.workspace_id = ${ws} and r.id = ${runId}`;
    if (!row) throw new AppError('not_found', 'This run does not exist.');
    const totals = await stepTotals(tx, ws, runId);
    const excluded = await sql<{ reason: string; n: number }[]>`
      select reason, n from run_exclusions where workspace_id = ${ws} and run_id = ${runId}`;
    const waveRows = await sql<Omit<WaveProgress, 'counts'>[]>`
      select number, size, status, released_at as "releasedAt", done_at as "doneAt" from waves
      where workspace_id = ${ws} and run_id = ${runId} order by number`;
    const [rate] = await sql<{ n: number }[]>`
      select coalesce(sum(n), 0)::int as n from run_rates
      where workspace_id = ${ws} and run_id = ${runId} and at > now() - interval '30 seconds'`;
    const { flow, fromStep, freezeDone, ...run } = row;
    const steps = expectedTotals(flow, fromStep, totals, run.audience);
    const first = steps[0]?.step ?? 0;
    const waves = waveRows.map((wave) => {
      const counts = emptyCounts();
      let settled = 0;
      for (const total of totals) {
        if (
          total.step !== first ||
          total.wave !== wave.number ||
          total.state === 'queued' ||
          total.state === 'superseded'
        )
          continue;
        counts[total.state] += total.n;
        settled += total.n;
      }
      counts.waiting = wave.size - settled;
      return { ...wave, counts };
    });
    const isQueuing = run.status === 'queuing' || (run.status === 'sending' && run.queuedAt === null);
    const ratePerSecond = run.status === 'sending' ? (rate?.n ?? 0) / 30 : 0;
    const outside = run.status === 'sending' ? await outsideHours(tx, ws, runId) : null;
    const etaSeconds =
      run.status === 'sending' && !isQueuing
        ? await secondsLeft(tx, { workspaceId: ws, runId, flow, steps, ratePerSecond })
        : null;
    return {
      ...run,
      excluded: [...excluded],
      steps,
      waves,
      balanced:
        steps.every((step) => Object.values(step.counts).every((n) => n >= 0)) &&
        (run.listTotal === null || run.listTotal === run.audience + excluded.reduce((sum, e) => sum + e.n, 0)),
      ratePerSecond,
      etaSeconds,
      queuing: isQueuing ? { members: freezeDone } : null,
      outsideHours: outside,
    };
  });
}
