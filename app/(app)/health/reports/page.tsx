import type { Metadata } from 'next';
import { z } from 'zod';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { requirePermission } from '@/lib/auth/current';
import { listUnmatchedEvents } from '@/lib/features/health/list-unmatched-events';
import { pageOrFirst } from '@/lib/http/page-or-first';

export const metadata: Metadata = { title: 'Reports of providers' };

const addressSchema = z.object({ cursor: z.string().max(1000).optional().catch(undefined) });

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** Reports that no message answers to yet. */
export default async function ProviderReportsPage({ searchParams }: Props) {
  const ctx = await requirePermission('runs.read');
  const { cursor } = addressSchema.parse(await searchParams);
  const { items, nextCursor } = await pageOrFirst(cursor, (at) => listUnmatchedEvents(ctx, { cursor: at }));
  const base = '/health/reports';
  return (
    <>
      <PageHeader
        title="Reports of providers"
        trail={[{ label: 'Health', href: '/health' }]}
        description="Reports whose message was not found yet. A report may come before its message is settled; it is looked for again by itself."
      />
      <DataTable
        label="Reports of providers"
        rows={items}
        rowKey={({ id }) => id}
        empty={<EmptyState kind="filtered" title="All were taken in" />}
        columns={[
          { key: 'type', header: 'Report', cell: ({ type }) => <span className="font-mono text-xs">{type}</span> },
          { key: 'provider', header: 'Provider', cell: ({ provider }) => provider ?? '–' },
          {
            key: 'received',
            header: 'Received',
            cell: ({ receivedAt }) => <RelativeTime at={receivedAt.toISOString()} />,
          },
          {
            key: 'again',
            header: 'Looked for again',
            cell: ({ parkedUntil }) =>
              parkedUntil ? <RelativeTime at={parkedUntil.toISOString()} /> : <span>within a minute</span>,
          },
        ]}
      />
      <Pagination
        previousHref={cursor ? base : null}
        nextHref={nextCursor && `${base}?${new URLSearchParams({ cursor: nextCursor })}`}
      />
    </>
  );
}
