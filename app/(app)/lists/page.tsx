import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { ListFilter } from '@/components/contacts/list-filter';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { listLists } from '@/lib/features/lists/list-lists';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { ListButton } from './list-button';
import { StatusCount } from './status-count';

export const metadata: Metadata = { title: 'Lists' };

const addressSchema = z.object({
  q: z.string().max(120).optional().catch(undefined),
  archived: z.enum(['yes']).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ListsPage({ searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { q, archived, cursor } = addressSchema.parse(await searchParams);
  const { items, nextCursor } = await pageOrFirst(cursor, (from) =>
    listLists(ctx, { search: q, archived: archived === 'yes', cursor: from }),
  );
  const canWrite = may(ctx, 'contacts.write');
  const filter = new URLSearchParams({ ...(q && { q }), ...(archived && { archived }) });
  const create = canWrite && (
    <ListButton
      trigger={
        <Button variant="primary">
          <Plus /> New list
        </Button>
      }
    />
  );
  if (items.length === 0 && !q && !archived && !cursor) {
    return (
      <>
        <PageHeader title="Lists" />
        <EmptyState title="No lists yet" action={create}>
          A list is who asked for something: each subscription keeps what proves it, and whoever leaves stays away from
          it. For rules such as “everybody with a prepaid plan”, make a segment.
        </EmptyState>
      </>
    );
  }
  return (
    <>
      <PageHeader title="Lists" description="Who subscribed to what, with the proof of it." actions={create} />
      <ListFilter
        search={{ label: 'Search lists', placeholder: 'Name', value: q }}
        selects={[
          {
            param: 'archived',
            label: 'State',
            value: archived,
            all: 'In use',
            options: [{ value: 'yes', label: 'Archived' }],
          },
        ]}
      />
      <DataTable
        label="Lists"
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/lists/${id}`}
        empty={
          <EmptyState
            kind="filtered"
            title={q ? `No list has “${q}” in its name` : 'No list is archived'}
            action={<LinkButton href="/lists">Show all lists</LinkButton>}
          />
        }
        columns={[
          {
            key: 'name',
            header: 'List',
            cell: ({ name, description }) => (
              <>
                <span className="[overflow-wrap:anywhere]">{name}</span>
                {description && (
                  <span className="block max-w-prose font-normal text-ink-soft text-sm">{description}</span>
                )}
              </>
            ),
          },
          {
            key: 'subscribed',
            header: 'Subscribed',
            align: 'right',
            width: '8rem',
            cell: (list) => <StatusCount list={list} status="subscribed" />,
          },
          {
            key: 'pending',
            header: 'To confirm',
            align: 'right',
            width: '8rem',
            cell: (list) => <StatusCount list={list} status="pending" />,
          },
          {
            key: 'unsubscribed',
            header: 'Unsubscribed',
            align: 'right',
            width: '8rem',
            cell: (list) => <StatusCount list={list} status="unsubscribed" />,
          },
          {
            key: 'created',
            header: 'Created',
            align: 'right',
            width: '9rem',
            cell: ({ createdAt }) => <RelativeTime at={createdAt.toISOString()} />,
          },
        ]}
      />
      <Pagination
        previousHref={cursor ? `/lists?${filter}` : null}
        nextHref={nextCursor && `/lists?${new URLSearchParams([...filter, ['cursor', nextCursor]])}`}
      />
    </>
  );
}
