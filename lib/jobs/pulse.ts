import { describeError } from '@/lib/errors';
import { deliverNotices } from '@/lib/features/notices/deliver-notices';
import { judgeOccurrences } from '@/lib/features/occurrences/judge-occurrences';
import { startDueOccurrences } from '@/lib/features/occurrences/start-due-occurrences';
import { drainProviderEvents } from '@/lib/features/outcomes/fold-provider-events';
import { lookUpDoubts } from '@/lib/features/outcomes/look-up-doubts';
import { resolveDoubtsByEvidence } from '@/lib/features/outcomes/resolve-doubts';
import { findStandingRuns } from '@/lib/features/runs/find-standing-runs';
import { dueProbes, settleProbe } from '@/lib/features/runs/probe-breakers';
import { startDueRuns } from '@/lib/features/runs/sweep-runs';
import { deliverWebhooks } from '@/lib/features/webhooks/deliver-webhooks';
import { placeChanges } from '@/lib/features/webhooks/place-changes';
import { channelOf } from '@/lib/jobs/process';
import { sendRunLaunched, sendRunWake } from '@/lib/jobs/send-events';

const PULSE_MS = 1_000;
/** Sooner than the sweep: what was moving and stands still goes on within half a minute, whatever was lost on the way. */
const STANDING_MS = 10_000;
/** Alarms about occurrences may come some seconds later than what they tell. */
const JUDGING_MS = 5_000;

async function wakeStanding(): Promise<void> {
  for (const run of await findStandingRuns()) await sendRunWake(run);
}

/** Runs and occurrences whose time has come: within a second of it, not with the next minute. */
async function startDue(): Promise<void> {
  for (const run of await startDueRuns()) await sendRunLaunched(run);
  const { started, failures } = await startDueOccurrences();
  for (const run of started) await sendRunLaunched(run);
  if (failures.length > 0) throw new Error(failures.join('; '));
}

async function probeBreakers(): Promise<void> {
  for (const account of await dueProbes()) {
    const { workspaceId, accountId } = account;
    const { channel } = await channelOf(workspaceId, accountId);
    const resumed = await settleProbe(account, await channel.verify());
    for (const runId of resumed) await sendRunWake({ workspaceId, runId });
  }
}

/**
 * The small work that cannot wait for the minute: heartbeat, breaker probes, receipts, provider events. Each part has a
 * loop of its own, so that a mail server that hangs holds up nothing else, and is claimed in the database, so any number
 * of workers may pulse; an error is logged and tried again next time.
 */
export function startPulse(beat: () => Promise<void>, log: (line: string) => void): { stop(): Promise<void> } {
  let stopped = false;
  let wake: () => void = () => undefined;
  const stopping = new Promise<void>((resolve) => {
    wake = resolve;
  });
  const every = async (name: string, part: () => Promise<unknown>, restMs = PULSE_MS) => {
    while (!stopped) {
      await part().catch((error: unknown) => log(`${name}: ${describeError(error)}`));
      let timer: NodeJS.Timeout | undefined;
      await Promise.race([stopping, new Promise((resolve) => (timer = setTimeout(resolve, restMs)))]);
      clearTimeout(timer);
    }
  };
  const loops = Promise.all([
    every('heartbeat', beat),
    every('standing runs', wakeStanding, STANDING_MS),
    every('breaker probe', probeBreakers),
    every('due', startDue),
    every('expectations', judgeOccurrences, JUDGING_MS),
    every('changes', placeChanges),
    every('webhooks', () => deliverWebhooks(50)),
    every('notices', () => deliverNotices(20)),
    every('provider events', () => drainProviderEvents()),
    every('doubts', () => resolveDoubtsByEvidence(200)),
    every('look-ups', () => lookUpDoubts(channelOf)),
  ]);
  return {
    stop: async () => {
      stopped = true;
      wake();
      await loops;
    },
  };
}
