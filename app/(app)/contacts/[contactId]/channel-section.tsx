'use client';

import { Mail, MessageSquareText } from 'lucide-react';
import { consentWord } from '@/components/contacts/consent-badges';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { TextLink } from '@/components/ui/link-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { Wire } from '@/lib/domain/wire';
import type { ContactDetail } from '@/lib/features/contacts/get-contact';
import { ConsentDialog } from './consent-dialog';
import { OptOutDialog } from './opt-out-dialog';

type Contact = Wire<ContactDetail>;

const SUPPRESSED: Readonly<Record<string, string>> = {
  bounce: 'the address does not take mail',
  complaint: 'a message was marked as spam',
  manual: 'suppressed by hand',
  unsubscribed: 'unsubscribed',
  erased: 'erased on request',
};

/** What may be sent to somebody on each channel, and why not. */
export function ChannelSection({ contact, canWrite }: { contact: Contact; canWrite: boolean }) {
  return (
    <Section title="May we write?">
      <ul className="divide-y divide-rule border-rule border-y">
        <Channel
          contact={contact}
          canWrite={canWrite}
          channel="email"
          consent={contact.emailConsent}
          optedOutAt={contact.emailOptedOutAt}
          address={contact.email}
        />
        <Channel
          contact={contact}
          canWrite={canWrite}
          channel="sms"
          consent={contact.smsConsent}
          optedOutAt={contact.smsOptedOutAt}
          address={contact.phone}
        />
      </ul>
    </Section>
  );
}

interface ChannelProps {
  contact: Contact;
  canWrite: boolean;
  channel: 'email' | 'sms';
  consent: Contact['emailConsent'];
  optedOutAt: string | null;
  address: string | null;
}

function Channel({ contact, canWrite, channel, consent, optedOutAt, address }: ChannelProps) {
  const name = channel === 'email' ? 'Email' : 'SMS';
  const Icon = channel === 'email' ? Mail : MessageSquareText;
  const word = consentWord(consent, optedOutAt);
  const suppression = contact.suppressions.find((one) => one.channel === channel);
  return (
    <li className="flex flex-col gap-2 py-3">
      <div className="flex flex-wrap items-center justify-between gap-x-4 gap-y-1">
        <span className="flex items-center gap-2 font-medium">
          <Icon className="size-4 text-ink-faint" aria-hidden="true" /> {name}
        </span>
        <Badge tone={word.tone}>
          {optedOutAt ? 'Opted out' : consent === 'unknown' ? 'No consent recorded' : `Consent ${word.text}`}
        </Badge>
      </div>
      <div className="flex flex-col gap-1 text-ink-soft text-sm empty:hidden">
        {address === null && <p>There is no {channel === 'email' ? 'address' : 'number'} to send to.</p>}
        {optedOutAt && (
          <p>
            Opted out <RelativeTime at={optedOutAt} />
            {consent === 'granted' && ', after having agreed'}.
          </p>
        )}
        {suppression && (
          <p>
            <TextLink href={`/suppressions?q=${encodeURIComponent(address ?? '')}`}>Suppressed</TextLink>:{' '}
            {SUPPRESSED[suppression.reason] ?? suppression.reason}, <RelativeTime at={suppression.createdAt} />.
          </p>
        )}
        {contact.doNotMarket && <p>Marked “do not market”, so nothing is sent.</p>}
      </div>
      {canWrite && (
        <div className="flex flex-wrap gap-2">
          <OptOutDialog
            contactId={contact.id}
            channel={channel}
            isOut={optedOutAt !== null}
            trigger={<Button size="sm">{optedOutAt ? 'Opt in again' : 'Opt out'}</Button>}
          />
          <ConsentDialog
            contactId={contact.id}
            channel={channel}
            consent={consent}
            trigger={
              <Button size="sm" variant="quiet" aria-label={`Record ${name} consent`}>
                Record consent
              </Button>
            }
          />
        </div>
      )}
    </li>
  );
}
