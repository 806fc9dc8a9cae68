import type { Channel } from '@/lib/channels/channel';
import { systemCtx } from '@/lib/context';
import { databaseNow } from '@/lib/db/clock';
import type { RunStatus } from '@/lib/domain/run';
import {
  type ClaimedBatch,
  claimBatch,
  type LoadedBatch,
  loadBatch,
  releaseBatch,
} from '@/lib/features/deliveries/claim-batch';
import { judgeConditions } from '@/lib/features/deliveries/judge-conditions';
import { nextWork } from '@/lib/features/deliveries/next-work';
import { sendMessages } from '@/lib/features/deliveries/send-messages';
import { sendRecords } from '@/lib/features/deliveries/send-records';
import type { RateLimit } from '@/lib/features/deliveries/take-send-slots';
import { advanceRun } from '@/lib/features/runs/advance-run';
import { loadRun, type QueuingRun } from '@/lib/features/runs/load-run';
import { reportHealth, reportTrouble } from '@/lib/features/runs/report-trouble';

export interface SendSlice {
  workspaceId: string;
  runId: string;
  worker: string;
  maxMs: number;
  channelOf: (workspaceId: string, accountId: string) => Promise<{ channel: Channel; maxPerSecond: number | null }>;
  signal: AbortSignal;
}

export interface SliceReport {
  status: RunStatus;
  settled: number;
  /** When to look again; null when nothing will come due without an event. */
  nextAt: string | null;
  /** Runs for seed recipients that began on the way and want to be woken. */
  seedRuns: string[];
}

const BUSY_LOOK_MS = 1_000;

interface Claimed {
  batch: ClaimedBatch;
  run: QueuingRun;
  loaded: LoadedBatch;
}

async function claimNext({ workspaceId, runId, worker }: SendSlice): Promise<Claimed | null> {
  const batch = await claimBatch(runId, worker);
  if (!batch) return null;
  const [run, loaded] = await Promise.all([loadRun(systemCtx(workspaceId, 'dispatch'), runId), loadBatch(batch)]);
  return { batch, run, loaded };
}

interface SentBatch {
  /** Resolves with the number settled once everything it was answered is in the ledger. */
  finished: Promise<number>;
  isTroubled: boolean;
}

/** Resolves when the batch has left. */
async function sendBatch(slice: SendSlice, { batch, run, loaded }: Claimed, onNearEnd: () => void): Promise<SentBatch> {
  const step = run.frozen.flow[batch.step];
  if (!step || step.kind === 'wait') throw new Error(`Run ${run.id} has no deliveries at step ${batch.step}`);
  if (step.kind === 'condition') {
    const settled = await judgeConditions(run, batch, step, slice.worker, loaded);
    return { finished: Promise.resolve(settled), isTroubled: false };
  }
  if (step.kind === 'record') {
    const settled = await sendRecords(run, batch, step, slice.worker, loaded);
    return { finished: Promise.resolve(settled), isTroubled: false };
  }
  const accountId = step.sender.providerAccountId;
  const { channel, maxPerSecond } = await slice.channelOf(run.workspaceId, accountId);
  const limits: RateLimit[] = [];
  if (maxPerSecond) limits.push({ key: `account:${accountId}`, maxPerSecond, sharer: run.id });
  if (run.maxPerSecond) limits.push({ key: `run:${run.id}`, maxPerSecond: run.maxPerSecond });
  const { trouble, healthy, finished } = await sendMessages({
    run,
    step,
    batch,
    loaded,
    worker: slice.worker,
    channel,
    limits,
    signal: slice.signal,
    // where messages have to wait for their turn, so may the next batch: for whoever is free then
    onNearEnd: limits.length > 0 ? () => undefined : onNearEnd,
  });
  if (trouble) {
    await finished;
    await reportTrouble(run.workspaceId, accountId, trouble);
  } else if (healthy) {
    const noted = reportHealth(run.workspaceId, accountId);
    noted.catch(() => undefined);
    const both = finished.finally(() => noted);
    both.catch(() => undefined);
    return { finished: both, isTroubled: false };
  }
  return { finished, isTroubled: trouble !== null };
}

/**
 * Sends batches of a run for up to `maxMs`, releasing waves and completing the run on the way. Answers what is left and
 * when to look again. All truth is in the ledger: stopping it anywhere, or running it in many places, is safe.
 */
export async function sendSlice(slice: SendSlice): Promise<SliceReport> {
  const endAt = performance.now() + slice.maxMs;
  let settled = 0;
  let finishing: Promise<number> = Promise.resolve(0);
  const finish = async () => {
    settled += await finishing;
    finishing = Promise.resolve(0);
  };
  // claimed while the one before it is on its way, so that the wire does not wait for the database
  let ahead: Promise<Claimed | null> | null = null;
  const claimAhead = () => {
    if (ahead || slice.signal.aborted || performance.now() >= endAt) return;
    ahead = claimNext(slice);
    ahead.catch(() => undefined);
  };
  const giveBack = async () => {
    const unused = ahead;
    ahead = null;
    const claimed = await unused;
    if (claimed) await releaseBatch(claimed.batch, slice.worker, null);
  };
  const seedRuns: string[] = [];
  try {
    for (;;) {
      if (slice.signal.aborted) {
        await giveBack();
        await finish();
        return { status: 'sending', settled, nextAt: databaseNow().toISOString(), seedRuns };
      }
      const next: Promise<Claimed | null> = ahead ?? claimNext(slice);
      ahead = null;
      const claimed = await next;
      if (claimed) {
        const { finished, isTroubled } = await sendBatch(slice, claimed, claimAhead);
        await finish();
        finishing = finished;
        if (isTroubled) await giveBack();
        if (performance.now() < endAt) continue;
      }
      await giveBack();
      await finish();
      const { status, nextWaveAt, ...begun } = await advanceRun(slice.workspaceId, slice.runId);
      seedRuns.push(...begun.seedRuns);
      if (status !== 'sending') return { status, settled, nextAt: null, seedRuns };
      const work = await nextWork(slice.runId);
      const nowMs = databaseNow().getTime();
      const looks = [work.dueAt, nextWaveAt, work.leased > 0 ? new Date(nowMs + BUSY_LOOK_MS) : null];
      const times = looks.flatMap((at) => (at ? [at.getTime()] : []));
      const nextAt = times.length > 0 ? Math.min(...times) : null;
      if (nextAt === null || nextAt > nowMs || performance.now() >= endAt) {
        return { status, settled, nextAt: nextAt === null ? null : new Date(nextAt).toISOString(), seedRuns };
      }
    }
  } finally {
    // what was answered is in the ledger, and nothing held, before anybody hears that this failed
    await Promise.allSettled([finishing, giveBack()]);
  }
}
