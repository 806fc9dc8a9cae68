import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { ListFilter } from '@/components/contacts/list-filter';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { listSegments } from '@/lib/features/segments/list-segments';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { SegmentCount } from './segment-count';
import { SegmentMenuButton } from './segment-menu-button';

export const metadata: Metadata = { title: 'Segments' };

const addressSchema = z.object({
  q: z.string().max(120).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function SegmentsPage({ searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { q, cursor } = addressSchema.parse(await searchParams);
  const { items, nextCursor } = await pageOrFirst(cursor, (from) => listSegments(ctx, { search: q, cursor: from }));
  const canWrite = may(ctx, 'contacts.write');
  const create = canWrite && (
    <LinkButton variant="primary" href="/segments/new">
      <Plus /> New segment
    </LinkButton>
  );
  const filter = new URLSearchParams(q ? { q } : {});
  if (items.length === 0 && !q && !cursor) {
    return (
      <>
        <PageHeader title="Segments" />
        <EmptyState title="No segments yet" action={create}>
          A segment is a rule such as “Plan is Prepaid 30 and opened any campaign in the last 30 days”. Who is in it is
          looked up at the moment it is used.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader
        title="Segments"
        description="Rules that find people by what is known about them and what they did."
        actions={create}
      />
      <ListFilter search={{ label: 'Search segments', placeholder: 'Name', value: q }} />
      <DataTable
        label="Segments"
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/segments/${id}`}
        empty={
          <EmptyState
            kind="filtered"
            title={`No segment has “${q}” in its name`}
            action={<LinkButton href="/segments">Show all segments</LinkButton>}
          />
        }
        columns={[
          {
            key: 'name',
            header: 'Segment',
            cell: ({ name, sentence }) => (
              <>
                {name}
                <span className="mt-0.5 line-clamp-2 block max-w-prose font-normal text-ink-soft text-sm">
                  {sentence}
                </span>
              </>
            ),
          },
          {
            key: 'count',
            header: 'Contacts',
            align: 'right',
            width: '8rem',
            cell: ({ id, name }) => <SegmentCount segmentId={id} name={name} />,
          },
          {
            key: 'updated',
            header: 'Changed',
            width: '9rem',
            cell: ({ updatedAt }) => <RelativeTime at={updatedAt.toISOString()} />,
          },
          ...(canWrite
            ? [
                {
                  key: 'actions',
                  header: 'Actions',
                  stacked: 'corner' as const,
                  align: 'right' as const,
                  width: '4rem',
                  cell: ({ id, name }: { id: string; name: string }) => (
                    <SegmentMenuButton segmentId={id} name={name} />
                  ),
                },
              ]
            : []),
        ]}
      />
      <Pagination
        previousHref={cursor ? `/segments?${filter}` : null}
        nextHref={nextCursor && `/segments?${new URLSearchParams([...filter, ['cursor', nextCursor]])}`}
      />
    </>
  );
}
