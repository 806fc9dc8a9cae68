import { z } from 'zod';
import { runReportAnswer } from '@/app/api/v1/answers/reports';
import { countOutcomes } from '@/lib/features/reports/count-outcomes';
import { runBreakdowns } from '@/lib/features/reports/run-breakdowns';
import { stepOutcomes } from '@/lib/features/reports/step-outcomes';
import { getRun } from '@/lib/features/runs/get-run';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The report of one run: outcomes by step, clicks by link, bounces by domain, opens and clicks over time',
  permission: 'reports.read',
  params: z.object({ runId: z.string() }),
  answer: runReportAnswer,
  handle: async ({ ctx, params: { runId } }) => {
    await getRun(ctx, runId);
    // whoever asks a machine's question waits for its answer, where a page would show what was counted last
    const { later } = await countOutcomes(ctx, [runId], { fresh: true });
    await later?.();
    const [steps, breakdowns] = await Promise.all([
      stepOutcomes(ctx, runId),
      runBreakdowns(ctx, runId, { orCount: true }),
    ]);
    return { steps, ...breakdowns };
  },
});
