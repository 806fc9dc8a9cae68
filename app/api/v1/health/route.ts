import { healthAnswer } from '@/app/api/v1/answers/health';
import { healthPage } from '@/lib/features/health/health-page';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Workers, queue, providers and engine as they are now, and what is stalled',
  permission: 'runs.read',
  answer: healthAnswer,
  handle: ({ ctx }) => healthPage(ctx),
});
