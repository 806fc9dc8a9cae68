import { z } from 'zod';
import { rerunOptionsAnswer } from '@/app/api/v1/answers/health';
import { rerunOptions } from '@/lib/features/runs/rerun-options';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'For how many people each kind of rerun would be, as things are now',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  answer: rerunOptionsAnswer,
  handle: ({ ctx, params }) => rerunOptions(ctx, params.runId),
});
