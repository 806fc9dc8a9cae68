import type { Inngest } from 'inngest';
import { systemCtx } from '@/lib/context';
import { env } from '@/lib/env';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { queueDeliveriesChunk, startEarly } from '@/lib/features/deliveries/queue-deliveries';
import { failQueuing } from '@/lib/features/runs/fail-queuing';
import { loadRun } from '@/lib/features/runs/load-run';
import { RUN_LAUNCHED, type RunEventData, wakeEvents } from '@/lib/jobs/events';

/**
 * Freezes the audience and makes its deliveries chunk by chunk, then wakes the senders; those of a large audience as soon
 * as its first people are in. Repeating it goes on where it was.
 */
export function dispatchRun(inngest: Inngest) {
  return inngest.createFunction(
    {
      id: 'dispatch-run',
      triggers: [{ event: RUN_LAUNCHED }],
      concurrency: { key: 'event.data.runId', limit: 1 },
      retries: 5,
      onFailure: async ({ event, error }) => {
        const { workspaceId, runId } = (event.data as { event: { data: RunEventData } }).event.data;
        await failQueuing(workspaceId, runId, error.message);
      },
    },
    async ({ event, step }) => {
      const data = event.data as RunEventData;
      const ctx = systemCtx(data.workspaceId, 'dispatch-run');
      const run = () => loadRun(ctx, data.runId);
      const freeze = async (part?: { size: number; lanes: number }) => freezeAudienceChunk(ctx, await run(), part);
      const startAfter = env().WAYBILL_START_AFTER;
      const first = await step.run('freeze-0', () =>
        freeze(startAfter > 0 ? { size: startAfter, lanes: 1 } : undefined),
      );
      if (
        startAfter > 0 &&
        first.mayStart &&
        (await step.run('start-early', async () => startEarly(ctx, await run())))
      ) {
        await step.sendEvent('wake-early', wakeEvents(data));
      }
      let frozen = first.done;
      for (let i = 1; !frozen; i++) frozen = await step.run(`freeze-${i}`, async () => (await freeze()).done);
      let queued = false;
      for (let i = 0; !queued; i++) {
        queued = await step.run(`queue-${i}`, async () => (await queueDeliveriesChunk(ctx, await run())).done);
      }
      await step.sendEvent('wake', wakeEvents(data));
    },
  );
}
