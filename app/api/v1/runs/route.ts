import { browseRuns, browseRunsSchema } from '@/lib/features/runs/browse-runs';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Runs in pages, searched, filtered and sorted, with their numbers',
  permission: 'runs.read',
  query: browseRunsSchema,
  handle: ({ ctx, query }) => browseRuns(ctx, query),
});
