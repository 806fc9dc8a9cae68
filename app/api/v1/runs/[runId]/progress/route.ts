import { z } from 'zod';
import { runProgressAnswer } from '@/app/api/v1/answers/runs';
import { runProgress } from '@/lib/features/runs/run-progress';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Live numbers of a run',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  answer: runProgressAnswer,
  handle: ({ ctx, params }) => runProgress(ctx, params.runId),
});
