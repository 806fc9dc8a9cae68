import { z } from 'zod';

import { eventSchema, startTriggeredRuns } from '@/lib/features/runs/start-triggered-runs';
import { route } from '@/lib/http/route';
import { sendRunLaunched } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Tell of an event: every active campaign that listens to it starts for the contact, once per event id',
  permission: 'campaigns.launch',
  body: eventSchema,
  sample: { event: 'parcel.sent', eventId: '4711', contact: { externalId: 'C-20017' } },
  answer: z.object({
    contactId: z.string(),
    started: z.array(z.object({ campaignId: z.string(), runId: z.string().nullable(), already: z.boolean() })),
    skipped: z.array(z.object({ campaignId: z.string(), reason: z.literal('not_in_audience') })),
  }),
  status: 202,
  handle: async ({ ctx, body }) => {
    const result = await startTriggeredRuns(ctx, body);
    for (const { runId, already } of result.started) {
      if (runId && !already) await sendRunLaunched({ workspaceId: ctx.workspaceId, runId });
    }
    return result;
  },
});
