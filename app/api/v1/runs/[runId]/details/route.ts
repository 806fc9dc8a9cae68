import { z } from 'zod';
import { runDetailsAnswer } from '@/app/api/v1/answers/health';
import { runDetails } from '@/lib/features/health/run-details';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What a run is doing now, its rate over time, what went wrong, its trail',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  answer: runDetailsAnswer,
  handle: ({ ctx, params }) => runDetails(ctx, params.runId),
});
