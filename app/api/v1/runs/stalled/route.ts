import { allOf } from '@/app/api/v1/answers/common';
import { stalledRunAnswer } from '@/app/api/v1/answers/health';
import { stalledRuns } from '@/lib/features/health/stalled-runs';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Runs that should move and do not, each with the reason',
  permission: 'runs.read',
  answer: allOf(stalledRunAnswer),
  handle: async ({ ctx }) => ({ items: await stalledRuns(ctx) }),
});
