import { z } from 'zod';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { retryFailed, retryFailedSchema } from '@/lib/features/runs/retry-failed';
import { route } from '@/lib/http/route';
import { sendRunWake } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Send again what failed, all of it or by step, class and cause; nothing accepted or in doubt is touched',
  permission: 'runs.control',
  params: z.object({ runId: z.string() }),
  body: retryFailedSchema.omit({ runId: true }),
  sample: { step: 0, classes: ['provider'] },
  answer: z.object({ queued: z.number() }),
  handle: async ({ ctx, params, body }) => {
    await requireSandboxForTestKey(ctx, params);
    const retried = await retryFailed(ctx, { ...params, ...body });
    await sendRunWake({ workspaceId: ctx.workspaceId, ...params });
    return retried;
  },
});
