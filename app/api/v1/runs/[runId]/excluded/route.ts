import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { excludedAnswer } from '@/app/api/v1/answers/runs';
import { listExcluded, listExcludedSchema } from '@/lib/features/runs/run-issues';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Who of the lists is not in the audience, each with the reason',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  query: listExcludedSchema.omit({ runId: true }),
  answer: pageOf(excludedAnswer),
  handle: ({ ctx, params, query }) => listExcluded(ctx, { ...params, ...query }),
});
