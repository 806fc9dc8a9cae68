import { z } from 'zod';
import { runReportAnswer } from '@/app/api/v1/answers/reports';
import { runDomains } from '@/lib/features/reports/run-domains';
import { runEngagement } from '@/lib/features/reports/run-engagement';
import { runLinks } from '@/lib/features/reports/run-links';
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
    const [steps, links, domains, engagement] = await Promise.all([
      stepOutcomes(ctx, runId),
      runLinks(ctx, runId),
      runDomains(ctx, runId),
      runEngagement(ctx, runId),
    ]);
    return { steps, links, domains, engagement };
  },
});
