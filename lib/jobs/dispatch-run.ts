import type { Inngest } from 'inngest';
import { systemCtx } from '@/lib/context';
import { freezeAudienceChunk } from '@/lib/features/audience/freeze-audience';
import { queueDeliveriesChunk } from '@/lib/features/deliveries/queue-deliveries';
import { failQueuing } from '@/lib/features/runs/fail-queuing';
import { loadRun } from '@/lib/features/runs/load-run';
import { RUN_LAUNCHED, type RunEventData, wakeEvents } from '@/lib/jobs/events';

/** Freezes the audience and makes its deliveries chunk by chunk, then wakes the senders. Repeating it goes on where it was. */
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
      let frozen = false;
      for (let i = 0; !frozen; i++) {
        frozen = await step.run(
          `freeze-${i}`,
          async () => (await freezeAudienceChunk(ctx, await loadRun(ctx, data.runId))).done,
        );
      }
      let queued = false;
      for (let i = 0; !queued; i++) {
        queued = await step.run(
          `queue-${i}`,
          async () => (await queueDeliveriesChunk(ctx, await loadRun(ctx, data.runId))).done,
        );
      }
      await step.sendEvent('wake', wakeEvents(data));
    },
  );
}
