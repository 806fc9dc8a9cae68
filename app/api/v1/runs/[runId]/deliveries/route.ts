import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { deliveryAnswer } from '@/app/api/v1/answers/runs';
import { listRunRows, listRunRowsSchema } from '@/lib/features/runs/list-run-rows';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The people behind one number of a run: of a step, in a state, for a cause, of a wave, a domain or a link',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  query: listRunRowsSchema.omit({ runId: true }),
  answer: pageOf(deliveryAnswer),
  handle: ({ ctx, params, query }) => listRunRows(ctx, { ...params, ...query }),
});
