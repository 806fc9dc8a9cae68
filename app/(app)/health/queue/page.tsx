import type { Metadata } from 'next';
import { z } from 'zod';
import { Who } from '@/components/contacts/who';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { TextLink } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/current';
import { listQueueRows, QUEUED } from '@/lib/features/health/list-queue-rows';
import { queueHealth } from '@/lib/features/health/queue-health';
import { pageOrFirst } from '@/lib/http/page-or-first';

export const metadata: Metadata = { title: 'Queue' };

const addressSchema = z.object({
  of: z.enum(QUEUED).catch('due'),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

/** The messages behind the numbers of the queue, one by one, in the order of their batches. */
export default async function QueuePage({ searchParams }: Props) {
  const ctx = await requirePermission('runs.read');
  const { of, cursor } = addressSchema.parse(await searchParams);
  const [{ items, nextCursor }, queue] = await Promise.all([
    pageOrFirst(cursor, (at) => listQueueRows(ctx, { of, cursor: at })),
    queueHealth(ctx),
  ]);
  const base = '/health/queue';
  const counts = { due: queue.dueDeliveries, on_wire: queue.onWire, later: queue.laterDeliveries };
  const labels = { due: 'Due now', on_wire: 'On the wire', later: 'For later' };
  return (
    <>
      <PageHeader
        title="Queue"
        trail={[{ label: 'Health', href: '/health' }]}
        description="What the runs that are sending have still to do. It moves while you look."
      />
      <div className="pb-4">
        <TabLinks
          label="Parts of the queue"
          tabs={(['due', 'on_wire', 'later'] as const).map((part) => ({
            href: `${base}?of=${part}`,
            label: labels[part],
            count: counts[part].toLocaleString('en'),
            current: part === of,
          }))}
        />
      </div>
      <DataTable
        label="Queued"
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ contactId }) => `/contacts/${contactId}`}
        empty={<EmptyState kind="filtered" title="Nothing is here now" />}
        columns={[
          {
            key: 'who',
            header: 'Person',
            cell: ({ name, address, contactId }) => <Who name={name} address={address} contactId={contactId} />,
          },
          {
            key: 'run',
            header: 'Run',
            cell: ({ runId, run }) => (
              <TextLink href={`/runs/${runId}`} className="relative z-10">
                {run}
              </TextLink>
            ),
          },
          { key: 'step', header: 'Step', cell: ({ step, stepName }) => stepName ?? `Step ${step + 1}` },
          {
            key: 'from',
            header: 'From',
            width: '11rem',
            cell: ({ notBefore }) =>
              notBefore ? <RelativeTime at={notBefore.toISOString()} /> : <span>when a person releases it</span>,
          },
        ]}
      />
      <Pagination
        previousHref={cursor ? `${base}?of=${of}` : null}
        nextHref={nextCursor && `${base}?${new URLSearchParams({ of, cursor: nextCursor })}`}
      />
    </>
  );
}
