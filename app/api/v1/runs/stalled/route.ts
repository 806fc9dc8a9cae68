import { stalledRuns } from '@/lib/features/health/stalled-runs';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Runs that should move and do not, each with the reason',
  permission: 'runs.read',
  handle: async ({ ctx }) => ({ items: await stalledRuns(ctx) }),
});
