import { z } from 'zod';
import { runAnswer } from '@/app/api/v1/answers/runs';
import { getRun } from '@/lib/features/runs/get-run';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'A run: what it sends and who launched it',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  answer: runAnswer,
  handle: ({ ctx, params }) => getRun(ctx, params.runId),
});
