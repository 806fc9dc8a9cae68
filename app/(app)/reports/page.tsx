import { Download } from 'lucide-react';
import type { Metadata } from 'next';
import { after } from 'next/server';
import { z } from 'zod';
import { buttonStyle } from '@/components/ui/button-style';
import { EmptyState } from '@/components/ui/empty-state';
import { Facts } from '@/components/ui/facts';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Section } from '@/components/ui/section';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/current';
import { toWire } from '@/lib/domain/wire';
import { countOutcomes } from '@/lib/features/reports/count-outcomes';
import { dailyTotals } from '@/lib/features/reports/daily-totals';
import { PERIODS, reportRuns } from '@/lib/features/reports/report-runs';
import { CAMPAIGN_SORTS, campaignRows } from './campaign-rows';
import { CampaignTable } from './campaign-table';
import { outcomeFacts } from './outcome-facts';
import { OverTime } from './over-time';
import { RunPicker } from './run-picker';

export const metadata: Metadata = { title: 'Reports' };

const addressSchema = z.object({
  days: z.coerce.number().int().min(1).max(3660).catch(30),
  sort: z.enum(CAMPAIGN_SORTS).catch('newest'),
  direction: z.enum(['asc', 'desc']).catch('desc'),
  runs: z.literal('all').optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const PERIOD_LABELS: Record<number, string> = { 7: '7 days', 30: '30 days', 90: '90 days', 365: 'A year' };

export default async function ReportsPage({ searchParams }: Props) {
  const ctx = await requirePermission('reports.read');
  const { days, sort, direction, runs: shown } = addressSchema.parse(await searchParams);
  const known = await reportRuns(ctx, { days });
  const { later } = await countOutcomes(
    ctx,
    known.map(({ runId }) => runId),
  );
  if (later) after(later);
  const [runs, daily] = await Promise.all([reportRuns(ctx, { days }), dailyTotals(ctx, days)]);
  return (
    <>
      <PageHeader
        title="Reports"
        description="Messages of the runs that started in this time, and what became of them."
        actions={
          runs.length > 0 && (
            <a href={`/api/v1/reports/runs.csv?days=${days}`} download className={buttonStyle()}>
              <Download /> CSV
            </a>
          )
        }
      />
      <TabLinks
        label="Period"
        tabs={PERIODS.map((each) => ({
          href: `/reports?days=${each}`,
          label: PERIOD_LABELS[each],
          current: each === days,
        }))}
      />
      {runs.length === 0 ? (
        <EmptyState
          kind="filtered"
          title="Nothing was sent in this time"
          action={days < 365 && <LinkButton href="/reports?days=365">Look at a whole year</LinkButton>}
          className="mt-8"
        />
      ) : (
        <div className="flex flex-col gap-10 pt-8">
          <Facts size="lg" facts={outcomeFacts(runs, () => '#by-campaign')} />
          <OverTime daily={daily} />
          <Section id="by-campaign" title="By campaign">
            <CampaignTable rows={campaignRows(runs, sort, direction)} days={days} sort={sort} direction={direction} />
          </Section>
          <RunPicker
            runs={toWire(runs)}
            allHref={shown ? null : `/reports?days=${days}&sort=${sort}&direction=${direction}&runs=all`}
          />
        </div>
      )}
    </>
  );
}
