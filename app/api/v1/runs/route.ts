import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { runRowAnswer } from '@/app/api/v1/answers/runs';
import { browseRuns, browseRunsSchema } from '@/lib/features/runs/browse-runs';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Runs in pages, searched, filtered and sorted, with their numbers',
  permission: 'runs.read',
  query: browseRunsSchema,
  answer: pageOf(runRowAnswer).extend({ totals: z.object({ runs: z.number(), audience: z.number() }) }),
  handle: ({ ctx, query }) => browseRuns(ctx, query),
});
