import type { Metadata } from 'next';
import { z } from 'zod';
import { Address } from '@/components/ui/address';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/current';
import { queueHealth } from '@/lib/features/health/queue-health';
import { listNotices, NOTICES_LEFT } from '@/lib/features/notices/list-notices';
import { pageOrFirst } from '@/lib/http/page-or-first';

export const metadata: Metadata = { title: 'Receipts and alarms' };

const addressSchema = z.object({
  left: z.enum(NOTICES_LEFT).catch('waiting'),
  cursor: z.string().max(1000).optional().catch(undefined),
});

const STATE = {
  queued: { status: 'waiting', label: 'Waits' },
  sending: { status: 'sending', label: 'Sending' },
  sent: { status: 'delivered', label: 'Told' },
  failed: { status: 'failed', label: 'Not told' },
} as const;

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** What our own people are still to be told, and what they could not be told. */
export default async function NoticesPage({ searchParams }: Props) {
  const ctx = await requirePermission('runs.read');
  const { left, cursor } = addressSchema.parse(await searchParams);
  const [{ items, nextCursor }, { notices }] = await Promise.all([
    pageOrFirst(cursor, (at) => listNotices(ctx, { left, cursor: at })),
    queueHealth(ctx),
  ]);
  const base = '/health/notices';
  return (
    <>
      <PageHeader
        title="Receipts and alarms"
        trail={[{ label: 'Health', href: '/health' }]}
        description="What your own people and systems are told about runs and occurrences."
      />
      <div className="pb-4">
        <TabLinks
          label="Which"
          tabs={[
            {
              href: `${base}?left=waiting`,
              label: 'To be told',
              count: notices.queued.toLocaleString('en'),
              current: left === 'waiting',
            },
            {
              href: `${base}?left=untold`,
              label: 'Could not be told this week',
              count: notices.failed.toLocaleString('en'),
              current: left === 'untold',
            },
          ]}
        />
      </div>
      <DataTable
        label="Receipts and alarms"
        rows={items}
        rowKey={({ id }) => id}
        empty={<EmptyState kind="filtered" title={left === 'waiting' ? 'All were told' : 'Nothing remained untold'} />}
        columns={[
          { key: 'what', header: 'What', cell: ({ subject, topic }) => subject ?? topic },
          { key: 'to', header: 'To', cell: ({ target }) => <Address value={target} /> },
          {
            key: 'state',
            header: 'State',
            width: '9rem',
            cell: ({ state }) => <Stamp status={STATE[state].status} label={STATE[state].label} />,
          },
          {
            key: 'why',
            header: 'Why',
            cell: ({ error }) => error && <span className="[overflow-wrap:anywhere]">{error}</span>,
          },
          {
            key: 'when',
            header: 'Since',
            width: '9rem',
            cell: ({ createdAt }) => <RelativeTime at={createdAt.toISOString()} />,
          },
        ]}
      />
      <Pagination
        previousHref={cursor ? `${base}?left=${left}` : null}
        nextHref={nextCursor && `${base}?${new URLSearchParams({ left, cursor: nextCursor })}`}
      />
    </>
  );
}
