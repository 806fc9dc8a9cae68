import type { Metadata } from 'next';
import { after } from 'next/server';
import { z } from 'zod';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { countOutcomes } from '@/lib/features/reports/count-outcomes';
import { reportRuns } from '@/lib/features/reports/report-runs';
import { ComparisonTable } from './comparison-table';

export const metadata: Metadata = { title: 'Compare runs' };

const addressSchema = z.object({
  run: z
    .union([z.string().max(60), z.array(z.string().max(60))])
    .optional()
    .catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

const MOST = 4;

export default async function ComparePage({ searchParams }: Props) {
  const ctx = await requirePermission('reports.read');
  const { run = [] } = addressSchema.parse(await searchParams);
  const runIds = [...new Set([run].flat())].slice(0, MOST);
  const { later } = await countOutcomes(ctx, runIds, { fresh: true });
  if (later) after(later);
  const found = await reportRuns(ctx, { runIds });
  const runs = runIds.flatMap((id) => found.find(({ runId }) => runId === id) ?? []);
  return (
    <>
      <PageHeader
        title="Compare runs"
        trail={[{ label: 'Reports', href: '/reports' }]}
        description="Shares are of the messages that providers accepted, of opens and clicks of the emails among them. The best of a line is bold."
      />
      {runs.length < 2 ? (
        <EmptyState
          kind="filtered"
          title="Choose at least two runs"
          action={<LinkButton href="/reports">Choose runs</LinkButton>}
        >
          {runIds.length > runs.length
            ? 'A run of this link is not there, or belongs to another workspace.'
            : 'The reports list the runs; tick two to four of them there.'}
        </EmptyState>
      ) : (
        <ComparisonTable runs={runs} />
      )}
    </>
  );
}
