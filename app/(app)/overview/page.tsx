import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { after } from 'next/server';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { firstSteps } from '@/lib/features/health/first-steps';
import { needsAttention } from '@/lib/features/health/needs-attention';
import { comingOccurrences } from '@/lib/features/occurrences/recurring-campaigns';
import { countOutcomes } from '@/lib/features/reports/count-outcomes';
import { dailyTotals } from '@/lib/features/reports/daily-totals';
import { reportRuns } from '@/lib/features/reports/report-runs';
import { browseRuns } from '@/lib/features/runs/browse-runs';
import { Attention } from './attention';
import { Coming } from './coming';
import { Deliverability } from './deliverability';
import { FirstSteps } from './first-steps';
import { RecentRuns } from './recent-runs';
import { UnderWay } from './under-way';

export const metadata: Metadata = { title: 'Overview' };

const DAYS = 7;
const RECENT = 6;
/** Newer runs that have not begun stand under what is coming. */
const COMING = 6;

export default async function OverviewPage() {
  const ctx = await requirePermission('runs.read');
  const steps = await firstSteps(ctx);
  const mayLaunch = may(ctx, 'campaigns.write');
  const header = (
    <PageHeader
      title="Overview"
      actions={
        mayLaunch &&
        (steps.runs || steps.campaigns) && (
          <LinkButton variant="primary" href="/campaigns/new">
            <Plus /> New campaign
          </LinkButton>
        )
      }
    />
  );
  if (!steps.runs) {
    return (
      <>
        {header}
        <FirstSteps done={steps} mayWrite={mayLaunch} />
      </>
    );
  }
  const recent = await reportRuns(ctx, { days: DAYS });
  const { later } = await countOutcomes(
    ctx,
    recent.map(({ runId }) => runId),
  );
  if (later) after(later);
  const [attention, underWay, scheduled, newest, counted, daily, occurrences] = await Promise.all([
    needsAttention(ctx),
    browseRuns(ctx, { filter: 'under_way', limit: 12 }),
    browseRuns(ctx, { filter: 'scheduled', direction: 'asc', limit: 50 }),
    browseRuns(ctx, { limit: RECENT + COMING }),
    reportRuns(ctx, { days: DAYS }),
    dailyTotals(ctx, DAYS),
    comingOccurrences(ctx, DAYS),
  ]);
  const begun = newest.items.filter(({ status }) => status !== 'scheduled');
  const horizon = Date.now() + DAYS * 86_400_000;
  const coming = scheduled.items.filter(({ scheduledAt }) => scheduledAt !== null && scheduledAt.getTime() < horizon);
  return (
    <>
      {header}
      <div className="flex flex-col gap-10">
        <Attention initial={toWire({ items: attention })} />
        <UnderWay initial={toWire(underWay)} />
        <div className="grid gap-x-12 gap-y-10 xl:grid-cols-2">
          <Coming runs={toWire(coming)} occurrences={toWire(occurrences)} />
          <Deliverability runs={counted} daily={daily} days={DAYS} />
        </div>
        <RecentRuns runs={toWire(begun.slice(0, RECENT))} />
      </div>
    </>
  );
}
