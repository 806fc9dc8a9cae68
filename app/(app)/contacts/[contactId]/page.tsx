import type { Metadata } from 'next';
import { Timeline } from '@/components/contacts/timeline';
import { LiveData } from '@/components/shell/live-data';
import { Id } from '@/components/ui/code';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { contactName } from '@/lib/domain/contact-name';
import { toWire } from '@/lib/domain/wire';
import { getContact } from '@/lib/features/contacts/get-contact';
import { listAttributes } from '@/lib/features/contacts/list-attributes';
import { listInteractions } from '@/lib/features/contacts/list-interactions';
import { listListNames } from '@/lib/features/lists/list-list-names';
import { orNotFound } from '@/lib/http/or-not-found';
import { AttributeSection } from './attribute-section';
import { ChannelSection } from './channel-section';
import { ContactActions } from './contact-actions';
import { ContactFacts } from './contact-facts';
import { ListSection } from './list-section';

export const metadata: Metadata = { title: 'Contact' };

interface Props {
  params: Promise<{ contactId: string }>;
}

export default async function ContactPage({ params }: Props) {
  const ctx = await requirePermission('contacts.read');
  const { contactId } = await params;
  const contact = await orNotFound(getContact(ctx, { id: contactId }));
  const [attributes, history, lists] = await Promise.all([
    listAttributes(ctx),
    listInteractions(ctx, { contactId, limit: 30 }),
    listListNames(ctx),
  ]);
  const isErased = contact.erasedAt !== null;
  const canWrite = may(ctx, 'contacts.write') && !isErased;
  return (
    <>
      <PageHeader
        title={<span dir="auto">{contactName(contact)}</span>}
        trail={[{ label: 'Contacts', href: '/contacts' }]}
        stamp={
          isErased ? (
            <Stamp status="archived" label="Erased" />
          ) : (
            contact.doNotMarket && <Stamp status="failed" label="Do not market" />
          )
        }
        description={
          <span className="flex flex-wrap items-center gap-x-3">
            <Id value={contact.id} of="contact id" />
            <span>
              changed <RelativeTime at={contact.updatedAt.toISOString()} />
            </span>
          </span>
        }
        actions={
          canWrite && (
            <ContactActions
              contact={toWire(contact)}
              attributes={attributes}
              lists={lists.map(({ id, name }) => ({ id, name }))}
              mayErase={may(ctx, 'contacts.erase')}
            />
          )
        }
      />
      {isErased && contact.erasedAt && (
        <Notice className="mb-6" title="This person was erased on request">
          <RelativeTime at={contact.erasedAt.toISOString()} show="exact" />. What is left are numbers without a name.
        </Notice>
      )}
      <ContactFacts contact={contact} />
      <div className="grid gap-x-12 gap-y-10 pt-8 lg:grid-cols-[minmax(0,1fr)_22rem]">
        <div className="flex min-w-0 flex-col gap-10 lg:col-start-2 lg:row-start-1">
          <ChannelSection contact={toWire(contact)} canWrite={canWrite} />
          <ListSection contactId={contact.id} subscriptions={toWire(contact.subscriptions)} canWrite={canWrite} />
          <AttributeSection values={contact.attributes} definitions={attributes} />
        </div>
        <Section title="What happened" className="lg:col-start-1 lg:row-start-1">
          <LiveData>
            <Timeline contactId={contact.id} first={toWire(history)} />
          </LiveData>
        </Section>
      </div>
    </>
  );
}
