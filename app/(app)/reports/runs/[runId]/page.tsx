import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { after } from 'next/server';
import { Suspense } from 'react';
import { RunStamp } from '@/components/runs/run-stamp';
import { Facts } from '@/components/ui/facts';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { TableSkeleton } from '@/components/ui/skeleton';
import { requirePermission } from '@/lib/auth/current';
import { countOutcomes } from '@/lib/features/reports/count-outcomes';
import { reportRuns } from '@/lib/features/reports/report-runs';
import { type StepOutcome, stepOutcomes } from '@/lib/features/reports/step-outcomes';
import { outcomeFacts } from '../../outcome-facts';
import { LaterParts } from './later-parts';
import { OpenedBars } from './opened-bars';
import { StepTable } from './step-table';

export const metadata: Metadata = { title: 'Report of a run' };

/** With one step its very rows; with several the table that parts them. */
function rowsBehind(runId: string, steps: StepOutcome[]) {
  const [only, ...others] = steps;
  return (what: string) => {
    if (!only || others.length > 0) return '#by-step';
    return `/runs/${runId}/deliveries?step=${only.step}&${what === 'accepted' ? 'state' : 'fact'}=${what}`;
  };
}

interface Props {
  params: Promise<{ runId: string }>;
}

export default async function RunReportPage({ params }: Props) {
  const ctx = await requirePermission('reports.read');
  const { runId } = await params;
  const { later } = await countOutcomes(ctx, [runId], { fresh: true });
  if (later) after(later);
  const [[run], steps] = await Promise.all([reportRuns(ctx, { runIds: [runId] }), stepOutcomes(ctx, runId)]);
  if (!run) notFound();
  return (
    <>
      <PageHeader
        title={run.name}
        trail={[{ label: 'Reports', href: '/reports' }]}
        stamp={<RunStamp status={run.status} counts={{ failed: run.failed, in_doubt: run.inDoubt }} size="md" />}
        description={
          <>
            Started <RelativeTime at={run.startedAt.getTime()} />.{' '}
            {run.countedAt ? (
              <>
                Outcomes as of <RelativeTime at={run.countedAt.getTime()} />.
              </>
            ) : (
              'Its outcomes are being counted; look again in a moment.'
            )}
          </>
        }
        actions={<LinkButton href={`/runs/${runId}`}>Open the run</LinkButton>}
      />
      <div className="flex flex-col gap-10">
        <Facts size="lg" facts={outcomeFacts([run], rowsBehind(runId, steps))} />
        <StepTable steps={steps} runId={runId} />
        <OpenedBars counts={run} />
        <Suspense fallback={<TableSkeleton rows={4} />}>
          <LaterParts ctx={ctx} runId={runId} emails={run.emails} />
        </Suspense>
      </div>
    </>
  );
}
