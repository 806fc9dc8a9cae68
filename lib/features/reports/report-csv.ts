import type { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { csvLine } from '@/lib/domain/csv';
import { bounced, opened } from '@/lib/domain/outcome-counts';
import { reportRuns, type reportRunsSchema } from '@/lib/features/reports/report-runs';

const HEADER = [
  'run_id',
  'run',
  'campaign_id',
  'campaign',
  'status',
  'started_at',
  'audience',
  'accepted',
  'failed',
  'in_doubt',
  'delivered',
  'bounced',
  'bounced_hard',
  'bounced_soft',
  'complained',
  'opened',
  'opened_by_people',
  'opened_by_machines',
  'opened_unknown',
  'clicked',
  'unsubscribed',
  'outcomes_counted_at',
];

/** The runs of a period with the numbers the reports show, as RFC 4180 text; no personal data is in it. */
export async function reportCsv(
  ctx: Ctx,
  input: z.input<typeof reportRunsSchema>,
): Promise<{ fileName: string; lines: AsyncGenerator<string> }> {
  const runs = await reportRuns(ctx, input);
  async function* lines(): AsyncGenerator<string> {
    yield csvLine(HEADER);
    for (const run of runs) {
      yield csvLine([
        run.runId,
        run.name,
        run.campaignId,
        run.campaignName,
        run.status,
        run.startedAt,
        run.audience,
        run.sent,
        run.failed,
        run.inDoubt,
        run.delivered,
        bounced(run),
        run.hardBounced,
        run.softBounced,
        run.complained,
        opened(run),
        run.openedByPeople,
        run.openedByMachines,
        run.openedUnknown,
        run.clicked,
        run.unsubscribed,
        run.countedAt,
      ]);
    }
  }
  return { fileName: 'runs.csv', lines: lines() };
}
