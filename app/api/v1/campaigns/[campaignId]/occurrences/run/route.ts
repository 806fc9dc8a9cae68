import { z } from 'zod';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { runOccurrenceNow, runOccurrenceNowSchema } from '@/lib/features/occurrences/run-occurrence-now';
import { route } from '@/lib/http/route';
import { sendRunLaunched } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Run the active version of a recurring campaign once, out of turn: one run per requestKey',
  permission: 'campaigns.launch',
  params: z.object({ campaignId: z.string() }),
  body: runOccurrenceNowSchema.omit({ campaignId: true }),
  sample: { requestKey: 'ticket-4711' },
  answer: z.object({ runId: z.string(), already: z.boolean() }),
  status: 202,
  handle: async ({ ctx, params, body }) => {
    await requireSandboxForTestKey(ctx, { recurringId: params.campaignId });
    const started = await runOccurrenceNow(ctx, { ...params, ...body });
    if (!started.already) await sendRunLaunched({ workspaceId: ctx.workspaceId, runId: started.runId });
    return started;
  },
});
