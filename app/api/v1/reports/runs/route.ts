import { allOf } from '@/app/api/v1/answers/common';
import { reportRunAnswer } from '@/app/api/v1/answers/reports';
import { reportRuns, reportRunsSchema } from '@/lib/features/reports/report-runs';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Runs of a period with what became of their messages, newest first',
  permission: 'reports.read',
  query: reportRunsSchema.pick({ days: true, campaignId: true }),
  answer: allOf(reportRunAnswer),
  handle: async ({ ctx, query }) => ({ items: await reportRuns(ctx, query) }),
});
