import type { Metadata } from 'next';
import { z } from 'zod';
import { ListFilter } from '@/components/contacts/list-filter';
import { Id } from '@/components/ui/code';
import { DensitySwitch } from '@/components/ui/density-switch';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { formatNumber } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Stamp } from '@/components/ui/stamp';
import { TabLinks } from '@/components/ui/tab-links';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { SUBSCRIPTION_STATUSES } from '@/lib/domain/list';
import { CONTACT_SORTS } from '@/lib/features/contacts/browse-contacts';
import { getList } from '@/lib/features/lists/get-list';
import { listSubscriptions } from '@/lib/features/lists/list-subscriptions';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { ListActions } from './list-actions';
import { SubscriberTable } from './subscriber-table';

export const metadata: Metadata = { title: 'List' };

const addressSchema = z.object({
  q: z.string().max(200).optional().catch(undefined),
  status: z.enum(SUBSCRIPTION_STATUSES).catch('subscribed').default('subscribed'),
  sort: z.enum(CONTACT_SORTS).optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});
type Address = Partial<z.output<typeof addressSchema>>;

const LABELS = { subscribed: 'Subscribed', unsubscribed: 'Unsubscribed', pending: 'To confirm' } as const;

interface Props {
  params: Promise<{ listId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function ListPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { listId } = await params;
  const address = addressSchema.parse(await searchParams);
  const { q, status, sort = 'added', direction = 'desc', cursor } = address;
  const list = await orNotFound(getList(ctx, { id: listId }));
  const { items, nextCursor } = await pageOrFirst(cursor, (from) =>
    listSubscriptions(ctx, { listId, search: q, status, sort, direction, cursor: from }),
  );
  const hrefOf = (change: Address) => {
    const entries = Object.entries({ ...address, ...change }).filter(([, value]) => value !== undefined);
    return `/lists/${listId}?${new URLSearchParams(entries as [string, string][])}`;
  };
  const canWrite = may(ctx, 'contacts.write') && list.archivedAt === null;
  return (
    <>
      <PageHeader
        title={list.name}
        trail={[{ label: 'Lists', href: '/lists' }]}
        stamp={list.archivedAt && <Stamp status="archived" />}
        description={
          <span className="flex flex-col gap-0.5">
            {list.description && <span>{list.description}</span>}
            <Id value={list.id} of="list id" />
          </span>
        }
        actions={canWrite && <ListActions list={{ id: list.id, name: list.name, description: list.description }} />}
      />
      <TabLinks
        label="People by status"
        tabs={SUBSCRIPTION_STATUSES.map((one) => ({
          href: hrefOf({ status: one, cursor: undefined }),
          label: LABELS[one],
          count: formatNumber(list[one]),
          current: one === status,
        }))}
      />
      <div className="pt-6">
        <ListFilter search={{ label: 'Search the list', placeholder: 'Name, email, phone, customer number', value: q }}>
          <DensitySwitch />
        </ListFilter>
        <SubscriberTable
          people={items}
          sort={{
            key: sort,
            direction,
            hrefFor: (key, to) => hrefOf({ sort: key as Address['sort'], direction: to, cursor: undefined }),
          }}
          empty={
            <EmptyState
              kind="filtered"
              title={q ? 'Nobody matches' : `Nobody is ${LABELS[status].toLowerCase()}`}
              action={q && <LinkButton href={hrefOf({ q: undefined, cursor: undefined })}>Show all</LinkButton>}
            >
              {!q && status === 'subscribed' && 'Add somebody, or choose this list when you import a file.'}
            </EmptyState>
          }
        />
        <Pagination
          previousHref={cursor ? hrefOf({ cursor: undefined }) : null}
          nextHref={nextCursor && hrefOf({ cursor: nextCursor })}
        />
      </div>
    </>
  );
}
