import { addOutcomes, bounced, type OutcomeCounts, opened } from '@/lib/domain/outcome-counts';
import type { ReportRun } from '@/lib/features/reports/report-runs';

export const CAMPAIGN_SORTS = ['newest', 'name', 'sent', 'bounced', 'opened', 'clicked', 'unsubscribed'] as const;
export type CampaignSort = (typeof CAMPAIGN_SORTS)[number];

export interface CampaignRow extends OutcomeCounts {
  campaignId: string;
  name: string;
  runs: number;
  newestAtMs: number;
  sent: number;
  emails: number;
  failed: number;
}

function sortValue(row: CampaignRow, sort: CampaignSort): number | string {
  if (sort === 'newest') return row.newestAtMs;
  if (sort === 'name') return row.name.toLowerCase();
  if (sort === 'sent') return row.sent;
  if (sort === 'bounced') return bounced(row) / Math.max(1, row.sent);
  if (sort === 'opened') return opened(row) / Math.max(1, row.emails);
  if (sort === 'clicked') return row.clicked / Math.max(1, row.emails);
  return row[sort] / Math.max(1, row.sent);
}

/** Runs added up by campaign; shares are compared, not their numbers, where a share is what tells. */
export function campaignRows(runs: readonly ReportRun[], sort: CampaignSort, direction: 'asc' | 'desc'): CampaignRow[] {
  const byCampaign = groupByCampaign(runs);
  const rows = [...byCampaign.values()].map((own): CampaignRow => {
    const [newest] = own;
    return {
      ...addOutcomes(...own),
      campaignId: newest?.campaignId ?? '',
      name: newest?.campaignName ?? '',
      runs: own.length,
      newestAtMs: newest?.startedAt.getTime() ?? 0,
      sent: own.reduce((sum, run) => sum + run.sent, 0),
      emails: own.reduce((sum, run) => sum + run.emails, 0),
      failed: own.reduce((sum, run) => sum + run.failed, 0),
    };
  });
  const sign = direction === 'asc' ? 1 : -1;
  return rows.sort((a, b) => {
    const [x, y] = [sortValue(a, sort), sortValue(b, sort)];
    return (x < y ? -1 : x > y ? 1 : 0) * sign || a.campaignId.localeCompare(b.campaignId);
  });
}

function groupByCampaign(runs: readonly ReportRun[]): Map<string, ReportRun[]> {
  const groups = new Map<string, ReportRun[]>();
  for (const run of runs) groups.set(run.campaignId, [...(groups.get(run.campaignId) ?? []), run]);
  return groups;
}
