import { z } from 'zod';
import { ratesAnswer } from '@/app/api/v1/answers/health';
import { runRates } from '@/lib/features/runs/run-rates';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Deliveries settled per second over the life of a run',
  permission: 'runs.read',
  params: z.object({ runId: z.string() }),
  answer: ratesAnswer,
  handle: ({ ctx, params }) => runRates(ctx, params.runId),
});
