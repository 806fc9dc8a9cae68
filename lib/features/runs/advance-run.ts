import { systemCtx } from '@/lib/context';
import { type Tx, withSystemTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import type { RunStatus } from '@/lib/domain/run';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceRun } from '@/lib/features/runs/announce-run';
import { loadRunIn, type QueuingRun } from '@/lib/features/runs/load-run';
import { passAddressesOn } from '@/lib/features/runs/pass-addresses-on';
import { startSeeds } from '@/lib/features/runs/start-seeds';
import { expectedTotals, type StepTotals, stepTotals } from '@/lib/features/runs/step-totals';
import { waveOpening } from '@/lib/features/runs/wave-opening';

export interface Advance {
  status: RunStatus;
  /**
   * When the next wave may go, or more people may be there; null while one is under way, when a person holds the gate, or
   * when none is left.
   */
  nextWaveAt: Date | null;
  /** Runs for seed recipients that began just now and want to be woken. */
  seedRuns: string[];
}

/** How often a run that is sent while the rest of its audience is queued is looked at. */
const FILLING_LOOK_MS = 1_000;

interface WaveRow {
  number: number;
  status: 'held' | 'released' | 'done';
  releasedAt: Date | null;
  busy: boolean;
}

/** Releases one wave: its held batches become claimable now. */
export async function releaseHeldWave(
  tx: Tx,
  workspaceId: string,
  runId: string,
  wave: number,
  by: string,
): Promise<boolean> {
  const released = await tx.sql`
    update waves set status = 'released', released_at = now(), released_by = ${by}
    where workspace_id = ${workspaceId} and run_id = ${runId} and number = ${wave} and status = 'held' returning 1`;
  if (released.length === 0) return false;
  await tx.sql`
    update batches set state = 'ready', not_before = greatest(not_before, now())
    where workspace_id = ${workspaceId} and run_id = ${runId} and wave = ${wave} and state = 'held'`;
  return true;
}

async function wavesOf(tx: Tx, run: QueuingRun): Promise<WaveRow[]> {
  return await tx.sql<WaveRow[]>`
    select w.number, w.status, w.released_at as "releasedAt",
      w.status = 'released' and exists (select 1 from batches b where b.workspace_id = w.workspace_id and b.run_id = w.run_id
        and b.wave = w.number and b.state <> 'done') as busy
    from waves w where w.workspace_id = ${run.workspaceId} and w.run_id = ${run.id} order by w.number`;
}

async function closeFinishedWaves(tx: Tx, run: QueuingRun, waves: WaveRow[]): Promise<void> {
  for (const wave of waves) {
    if (wave.status !== 'released' || wave.busy) continue;
    wave.status = 'done';
    await tx.sql`update waves set status = 'done', done_at = now()
      where workspace_id = ${run.workspaceId} and run_id = ${run.id} and number = ${wave.number}`;
    if (waves.length > 1)
      await announceRun(tx, run.workspaceId, run.id, 'wave_done', `Wave ${wave.number} is done.`, String(wave.number));
  }
}

/** The books of a run balance when every step's settled deliveries sum to the audience it owes an answer. */
function balances(run: QueuingRun, totals: StepTotals[], audience: number): boolean {
  return expectedTotals(run.frozen.flow, run.fromStep, totals, audience).every((step) => step.counts.waiting === 0);
}

async function completeIfSettled(tx: Tx, run: QueuingRun, waves: WaveRow[]): Promise<boolean> {
  if (waves.some((wave) => wave.status !== 'done')) return false;
  const [row] = await tx.sql<{ audience: number; busy: boolean }[]>`
    select coalesce(audience_count, 0) as audience, exists (select 1 from batches b where b.workspace_id = r.workspace_id
      and b.run_id = r.id and b.state <> 'done') as busy from runs r where r.workspace_id = ${run.workspaceId} and r.id = ${run.id}`;
  if (!row || row.busy) return false;
  if (!balances(run, await stepTotals(tx, run.workspaceId, run.id), row.audience)) return false;
  // who was told to stand back while the other's doubt turned into a failure
  if ((await passAddressesOn(tx, run)) > 0) return false;
  await tx.sql`
    update runs set status = 'completed', completed_at = coalesce(completed_at, now()), last_progress_at = now(), status_reason = null
    where workspace_id = ${run.workspaceId} and id = ${run.id} and status = 'sending'`;
  if (run.seedOf !== null) return true;
  const ctx = systemCtx(run.workspaceId, 'dispatch');
  await recordAudit(tx, ctx, { action: 'run.completed', subjectType: 'run', subjectId: run.id });
  await announceRun(tx, run.workspaceId, run.id, 'completed', 'Every delivery of every step has its outcome.');
  return true;
}

/**
 * Moves a sending run on: closes waves whose deliveries are all settled, releases the next one when its time has come,
 * and completes the run when nothing is left and the books balance. Safe to call at any time, by anybody, twice.
 */
export async function advanceRun(workspaceId: string, runId: string): Promise<Advance> {
  return withSystemTx(async (tx) => {
    const [lock] = await tx.sql<{ status: RunStatus; isQueued: boolean }[]>`
      select status, queued_at is not null as "isQueued" from runs
      where workspace_id = ${workspaceId} and id = ${runId} for no key update`;
    if (lock?.status !== 'sending') return { status: lock?.status ?? 'failed', nextWaveAt: null, seedRuns: [] };
    // more people are on their way, into this wave and the next ones: nothing of it is over
    if (!lock.isQueued) {
      return { status: 'sending', nextWaveAt: new Date(databaseNow().getTime() + FILLING_LOOK_MS), seedRuns: [] };
    }
    const run = await loadRunIn(tx, workspaceId, runId);
    const waves = await wavesOf(tx, run);
    const seedRuns = await startSeeds(tx, run);
    await closeFinishedWaves(tx, run, waves);
    if (await completeIfSettled(tx, run, waves)) return { status: 'completed', nextWaveAt: null, seedRuns };
    const waiting = { status: 'sending', nextWaveAt: null, seedRuns } as const;
    const held = waves.find((wave) => wave.status === 'held');
    if (!held) return waiting;
    const { waveGate, waveIntervalMs } = run.frozen.policy;
    const before = waves.filter((wave) => wave.number < held.number);
    if (before.length > 0 && waveGate === 'manual') return waiting;
    if (before.some((wave) => wave.status === 'released' && wave.busy) && waveIntervalMs === 0) return waiting;
    const lastRelease = Math.max(0, ...before.map((wave) => wave.releasedAt?.getTime() ?? 0));
    const dueAt = new Date(waveOpening(run, lastRelease + waveIntervalMs));
    if (before.length > 0 && dueAt > databaseNow()) return { ...waiting, nextWaveAt: dueAt };
    await releaseHeldWave(tx, workspaceId, runId, held.number, 'schedule');
    await tx.sql`update runs set last_progress_at = now() where workspace_id = ${workspaceId} and id = ${runId}`;
    return { ...waiting, nextWaveAt: databaseNow() };
  });
}
