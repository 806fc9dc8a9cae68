import type { Inngest } from 'inngest';
import { databaseNow } from '@/lib/db/clock';
import { sendSlice } from '@/lib/features/deliveries/send-slice';
import { RUN_WAKE, type RunEventData, wakeEvents } from '@/lib/jobs/events';
import { channelOf, thisProcess } from '@/lib/jobs/process';

const SLICE_MS = 5_000;
const SLICES_PER_RUN = 150;
/** Longer waits end the function; the sweep starts it again just before the time. */
const LONGEST_SLEEP_MS = 10 * 60_000;

/** One lane of a run's sending: slices of batches until nothing is left, sleeping until retries, waits and waves are due. */
export function sendRun(inngest: Inngest) {
  return inngest.createFunction(
    {
      id: 'send-run',
      triggers: [{ event: RUN_WAKE }],
      concurrency: { key: 'event.data.runId + ":" + string(event.data.lane)', limit: 1 },
      retries: 10,
    },
    async ({ event, step }) => {
      const data = event.data as RunEventData & { lane: number };
      for (let i = 0; i < SLICES_PER_RUN; i++) {
        const slice = await step.run(`send-${i}`, async () => {
          const { worker, stopping } = thisProcess();
          const report = await sendSlice({ ...data, worker, maxMs: SLICE_MS, channelOf, signal: stopping.signal });
          return { ...report, waitMs: report.nextAt ? Date.parse(report.nextAt) - databaseNow().getTime() : null };
        });
        if (slice.seedRuns.length > 0) {
          const seeds = slice.seedRuns.flatMap((runId) => wakeEvents({ workspaceId: data.workspaceId, runId }));
          await step.sendEvent(`wake-seeds-${i}`, seeds);
        }
        if (slice.status !== 'sending' || slice.waitMs === null || slice.waitMs > LONGEST_SLEEP_MS) return slice;
        if (slice.waitMs > 0) await step.sleep(`until-due-${i}`, Math.max(1_000, slice.waitMs));
      }
      await step.sendEvent('go-on', { name: RUN_WAKE, data });
      return null;
    },
  );
}
