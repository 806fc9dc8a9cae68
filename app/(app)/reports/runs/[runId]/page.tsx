import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { after } from 'next/server';
import { Suspense } from 'react';
import { type RowsOf, rowsHref } from '@/components/runs/rows-href';
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

const STATES = new Set(['accepted', 'failed', 'in_doubt']);
const BY_STEP = '#by-step';

/** With one step its very rows; with several the table that parts them. */
function rowsBehind(runId: string, steps: StepOutcome[]) {
  const [only, ...others] = steps;
  const rows = (of: Omit<RowsOf, 'step'>) =>
    only && others.length === 0 ? rowsHref(runId, { step: only.step, ...of }) : BY_STEP;
  return {
    rows,
    of: (what: string) =>
      rows(what === 'by_machines' ? { openedBy: 'machines' } : STATES.has(what) ? { state: what } : { fact: what }),
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
  const behind = rowsBehind(runId, steps);
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
        <Facts size="lg" facts={outcomeFacts([run], behind.of)} />
        <StepTable steps={steps} runId={runId} />
        <OpenedBars counts={run} hrefOf={(openedBy) => behind.rows({ openedBy })} />
        <Suspense fallback={<TableSkeleton rows={4} />}>
          <LaterParts ctx={ctx} runId={runId} emails={run.emails} />
        </Suspense>
      </div>
    </>
  );
}
