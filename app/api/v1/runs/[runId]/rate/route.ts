import { z } from 'zod';

import { setRunRate } from '@/lib/features/runs/change-run';
import { route } from '@/lib/http/route';

export const PUT = route({
  summary: 'Change how fast a run may send; null lifts the limit',
  permission: 'runs.control',
  params: z.object({ runId: z.string() }),
  body: z.object({ maxPerSecond: z.number().min(0.1).max(100_000).nullable() }),
  sample: { maxPerSecond: 50 },
  status: 204,
  handle: ({ ctx, params, body }) => setRunRate(ctx, params.runId, body.maxPerSecond),
});
