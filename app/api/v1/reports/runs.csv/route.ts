import { reportCsv } from '@/lib/features/reports/report-csv';
import { reportRunsSchema } from '@/lib/features/reports/report-runs';
import { csvResponse } from '@/lib/http/csv-response';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Runs of a period with their outcomes as CSV; no personal data',
  permission: 'reports.read',
  query: reportRunsSchema.pick({ days: true, campaignId: true }),
  mediaType: 'text/csv',
  handle: async ({ ctx, query }) => csvResponse(await reportCsv(ctx, query)),
});
