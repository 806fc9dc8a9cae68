import type { Metadata } from 'next';
import { z } from 'zod';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/current';
import { EXCLUSION_REASONS } from '@/lib/domain/delivery';
import { listExcluded } from '@/lib/features/runs/run-issues';
import { runProgress } from '@/lib/features/runs/run-progress';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { ExcludedTable, labelOf } from './excluded-table';

export const metadata: Metadata = { title: 'Left out' };

const addressSchema = z.object({
  reason: z.enum(EXCLUSION_REASONS).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  params: Promise<{ runId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RunExcludedPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('runs.read');
  const { runId } = await params;
  const { reason, cursor } = addressSchema.parse(await searchParams);
  const progress = await orNotFound(runProgress(ctx, runId));
  const { items, nextCursor } = await pageOrFirst(cursor, (at) => listExcluded(ctx, { runId, reason, cursor: at }));
  const base = `/runs/${runId}/excluded`;
  const hrefOf = (query: Record<string, string>) =>
    Object.keys(query).length > 0 ? `${base}?${new URLSearchParams(query)}` : base;
  const total = progress.excluded.reduce((sum, { n }) => sum + n, 0);
  const shown = reason ? (progress.excluded.find((each) => each.reason === reason)?.n ?? 0) : total;
  const ofReason: Record<string, string> = reason ? { reason } : {};
  return (
    <>
      <PageHeader
        title="Left out"
        trail={[
          { label: 'Runs', href: '/runs' },
          { label: progress.name, href: `/runs/${runId}` },
        ]}
        description="On the lists of this run and not in its audience, each for one reason, as it was when the run started."
      />
      <div className="pb-4">
        <TabLinks
          label="Reasons"
          tabs={[
            { href: base, label: 'All', count: total.toLocaleString('en'), current: !reason },
            ...progress.excluded.map(({ reason: each, n }) => ({
              href: hrefOf({ reason: each }),
              label: labelOf(each),
              count: n.toLocaleString('en'),
              current: each === reason,
            })),
          ]}
        />
      </div>
      <ExcludedTable rows={items} />
      <Pagination
        previousHref={cursor ? hrefOf(ofReason) : null}
        nextHref={nextCursor && hrefOf({ ...ofReason, cursor: nextCursor })}
        summary={shown === 1 ? '1 person' : `${shown.toLocaleString('en')} people`}
      />
    </>
  );
}
