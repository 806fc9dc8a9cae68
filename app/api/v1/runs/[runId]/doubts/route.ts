import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { doubtAnswer } from '@/app/api/v1/answers/runs';
import { listDoubts, listDoubtsSchema } from '@/lib/features/runs/list-doubts';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Deliveries in doubt, each with its evidence',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  query: listDoubtsSchema.omit({ runId: true }),
  answer: pageOf(doubtAnswer),
  handle: ({ ctx, params, query }) => listDoubts(ctx, { ...params, ...query }),
});
