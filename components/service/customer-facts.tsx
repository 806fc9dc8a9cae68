import { languageName } from '@/components/contacts/language-name';
import { Address } from '@/components/ui/address';
import { Badge } from '@/components/ui/badge';
import { FactList } from '@/components/ui/facts';
import { RelativeTime } from '@/components/ui/relative-time';

export interface CustomerFactsProps {
  contact: {
    externalId: string | null;
    email: string | null;
    phone: string | null;
    language: string | null;
    emailConsent: string;
    smsConsent: string;
    emailOptedOutAt: string | null;
    smsOptedOutAt: string | null;
    doNotMarket: boolean;
    subscriptions: { listId: string; listName: string; status: string; updatedAt: string }[];
    suppressions: { id: string; channel: 'email' | 'sms'; reason: string; createdAt: string }[];
  };
}

const CONSENT: Record<string, string> = {
  granted: 'Consent given',
  revoked: 'Consent revoked',
  unknown: 'No consent recorded',
};
const SUPPRESSED: Record<string, string> = {
  bounce: 'the address bounced',
  complaint: 'marked a message as spam',
  manual: 'suppressed by hand',
  unsubscribed: 'unsubscribed',
  erased: 'erased on request',
};

interface ChannelFactProps {
  address: string | null;
  consent: string;
  optedOutAt: string | null;
  suppressed: string | undefined;
}

function ChannelFact({ address, consent, optedOutAt, suppressed }: ChannelFactProps) {
  return (
    <>
      {address === null ? 'None' : <Address value={address} />}
      <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1">
        {optedOutAt ? (
          <>
            <Badge tone="failed">Opted out</Badge>
            <RelativeTime at={optedOutAt} className="text-ink-faint text-xs" />
          </>
        ) : (
          <Badge tone={consent === 'granted' ? 'accepted' : consent === 'revoked' ? 'failed' : 'neutral'}>
            {CONSENT[consent] ?? consent}
          </Badge>
        )}
        {suppressed && <Badge tone="failed">Suppressed</Badge>}
        {suppressed && <span className="text-ink-faint text-xs">{SUPPRESSED[suppressed] ?? suppressed}</span>}
      </span>
    </>
  );
}

/** Who it is and what they allow. */
export function CustomerFacts({ contact }: CustomerFactsProps) {
  const suppressed = (channel: 'email' | 'sms') => contact.suppressions.find((one) => one.channel === channel)?.reason;
  const { email, phone, emailConsent, smsConsent, emailOptedOutAt, smsOptedOutAt } = contact;
  return (
    <FactList
      className="xl:[&>div]:grid-cols-[7.5rem_minmax(0,1fr)] xl:[&>div]:gap-x-3"
      facts={[
        { label: 'Customer number', value: contact.externalId ?? 'None' },
        {
          label: 'Email',
          value: (
            <ChannelFact
              address={email}
              consent={emailConsent}
              optedOutAt={emailOptedOutAt}
              suppressed={suppressed('email')}
            />
          ),
        },
        {
          label: 'Phone',
          value: (
            <ChannelFact
              address={phone}
              consent={smsConsent}
              optedOutAt={smsOptedOutAt}
              suppressed={suppressed('sms')}
            />
          ),
        },
        ...(contact.doNotMarket ? [{ label: 'Marketing', value: <Badge tone="failed">Do not market</Badge> }] : []),
        ...(contact.language ? [{ label: 'Language', value: languageName(contact.language) }] : []),
        {
          label: 'Lists',
          value:
            contact.subscriptions.length === 0 ? (
              'On none'
            ) : (
              <ul className="flex flex-col gap-1">
                {contact.subscriptions.map(({ listId, listName, status, updatedAt }) => (
                  <li key={listId}>
                    {listName}
                    <span className="text-ink-faint">
                      {' '}
                      {status} <RelativeTime at={updatedAt} />
                    </span>
                  </li>
                ))}
              </ul>
            ),
        },
      ]}
    />
  );
}
