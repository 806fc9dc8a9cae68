import { describeError } from '@/lib/errors';
import { deliverNotices } from '@/lib/features/notices/deliver-notices';
import { foldProviderEvents } from '@/lib/features/outcomes/fold-provider-events';
import { resolveDoubtsByEvidence } from '@/lib/features/outcomes/resolve-doubts';
import { dueProbes, settleProbe } from '@/lib/features/runs/probe-breakers';
import { channelOf } from '@/lib/jobs/process';
import { sendRunWake } from '@/lib/jobs/send-events';

const PULSE_MS = 1_000;

async function probeBreakers(): Promise<void> {
  for (const account of await dueProbes()) {
    const { workspaceId, accountId } = account;
    const { channel } = await channelOf(workspaceId, accountId);
    const resumed = await settleProbe(account, await channel.verify());
    for (const runId of resumed) await sendRunWake({ workspaceId, runId });
  }
}

/**
 * The small work that cannot wait for the minute: heartbeat, breaker probes, receipts, provider events. Each part is
 * claimed in the database, so any number of workers may pulse; an error in one is logged and tried again next time.
 */
export function startPulse(beat: () => Promise<void>, log: (line: string) => void): { stop(): Promise<void> } {
  let stopped = false;
  const parts: [string, () => Promise<unknown>][] = [
    ['heartbeat', beat],
    ['breaker probe', probeBreakers],
    ['notices', () => deliverNotices(20)],
    ['provider events', () => foldProviderEvents(500)],
    ['doubts', () => resolveDoubtsByEvidence(200)],
  ];
  const loop = (async () => {
    while (!stopped) {
      for (const [name, part] of parts) {
        await part().catch((error: unknown) => log(`${name}: ${describeError(error)}`));
      }
      await new Promise((resolve) => setTimeout(resolve, PULSE_MS));
    }
  })();
  return {
    stop: async () => {
      stopped = true;
      await loop;
    },
  };
}
