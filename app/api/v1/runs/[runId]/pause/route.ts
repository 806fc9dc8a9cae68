import { z } from 'zod';

import { pauseRun } from '@/lib/features/runs/change-run';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Stop a run within one group in flight; what waits stays queued',
  permission: 'runs.control',
  params: z.object({ runId: z.string() }),
  body: z.object({ reason: z.string().trim().min(1).max(500).optional() }).optional(),
  sample: { reason: 'The shop is down' },
  status: 204,
  handle: ({ ctx, params, body }) => pauseRun(ctx, params.runId, body?.reason),
});
