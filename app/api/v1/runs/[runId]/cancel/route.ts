import { z } from 'zod';

import { cancelRun } from '@/lib/features/runs/cancel-run';
import { route } from '@/lib/http/route';
import { sendRunCancelled } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'End a run for good; what was accepted stays accepted',
  permission: 'runs.control',
  params: z.object({ runId: z.string() }),
  body: z.object({ reason: z.string().trim().min(1).max(500).optional() }).optional(),
  sample: { reason: 'Wrong price' },
  status: 204,
  handle: async ({ ctx, params, body }) => {
    await cancelRun(ctx, params.runId, body?.reason);
    await sendRunCancelled({ workspaceId: ctx.workspaceId, ...params });
  },
});
