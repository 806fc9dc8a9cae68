import type { Metadata } from 'next';
import { CustomerFacts } from '@/components/service/customer-facts';
import { HistoryList } from '@/components/service/history-list';
import { PlannedList } from '@/components/service/planned-list';
import { UnderWayList } from '@/components/service/under-way-list';
import { EmptyState } from '@/components/ui/empty-state';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { Pagination } from '@/components/ui/pagination';
import { Section } from '@/components/ui/section';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { contactName } from '@/lib/domain/contact-name';
import { toWire } from '@/lib/domain/wire';
import { lookUpCustomer } from '@/lib/features/service/look-up-customer';
import { orNotFound } from '@/lib/http/or-not-found';
import { pageOrFirst } from '@/lib/http/page-or-first';
import { CustomerActs } from './customer-acts';

export const metadata: Metadata = { title: 'Customer' };

interface Props {
  params: Promise<{ contactId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CustomerPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('service.lookup');
  const { contactId } = await params;
  const { cursor: given } = await searchParams;
  const cursor = typeof given === 'string' ? given : undefined;
  const { contact, planned, underWay, history } = await orNotFound(
    pageOrFirst(cursor, (at) => lookUpCustomer(ctx, { contactId, cursor: at })),
  );
  const here = `/service/contacts/${contactId}`;
  const isNewest = cursor === undefined;
  return (
    <>
      <PageHeader
        title={contactName(contact)}
        trail={[{ label: 'Service desk', href: '/service' }]}
        actions={contact.erasedAt ? null : <CustomerActs contact={toWire(contact)} mayAct={may(ctx, 'service.act')} />}
      />
      {contact.erasedAt && (
        <Notice className="mb-8" title="This person was erased on request.">
          What happened is still counted; who it was and what was said is gone.
        </Notice>
      )}
      <div className="grid gap-x-12 gap-y-10 xl:grid-cols-[minmax(0,1fr)_20rem]">
        <div className="flex min-w-0 flex-col gap-10">
          {isNewest && planned.length > 0 && (
            <Section title="To come" description="As things stand now.">
              <PlannedList planned={planned} />
            </Section>
          )}
          {isNewest && underWay.length > 0 && (
            <Section title="Under way">
              <UnderWayList runs={underWay} />
            </Section>
          )}
          <Section title={isNewest ? 'What happened' : 'What happened before'} description="Newest first.">
            {history.items.length === 0 ? (
              <EmptyState title="Nothing happened yet" kind="filtered">
                No campaign has sent anything to this customer, and none has left them out.
              </EmptyState>
            ) : (
              <HistoryList lines={history.items} />
            )}
            <Pagination
              previousHref={isNewest ? null : here}
              nextHref={history.nextCursor && `${here}?${new URLSearchParams({ cursor: history.nextCursor })}`}
              summary={isNewest ? undefined : 'Older lines; “Previous” goes to the newest'}
            />
          </Section>
        </div>
        <aside className="min-w-0 max-xl:order-first" aria-label="The customer">
          <CustomerFacts contact={toWire(contact)} />
        </aside>
      </div>
    </>
  );
}
