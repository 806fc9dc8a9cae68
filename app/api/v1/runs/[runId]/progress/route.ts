import { z } from 'zod';
import { runProgress } from '@/lib/features/runs/run-progress';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Live numbers of a run',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  handle: ({ ctx, params }) => runProgress(ctx, params.runId),
});
