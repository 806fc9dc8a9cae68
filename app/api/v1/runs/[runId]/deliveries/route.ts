import { z } from 'zod';
import { deliveryAnswer, pageOf } from '@/app/api/v1/answers';
import { listRunRows, listRunRowsSchema } from '@/lib/features/runs/list-run-rows';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The people behind one number of a run: of a step, in a state, for a cause',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  query: listRunRowsSchema.omit({ runId: true }),
  answer: pageOf(deliveryAnswer),
  handle: ({ ctx, params, query }) => listRunRows(ctx, { ...params, ...query }),
});
