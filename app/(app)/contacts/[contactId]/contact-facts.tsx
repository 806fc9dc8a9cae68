import type { ReactNode } from 'react';
import { languageName } from '@/components/contacts/language-name';
import { Address } from '@/components/ui/address';
import { CopyButton } from '@/components/ui/copy-button';
import { Facts } from '@/components/ui/facts';
import { TextLink } from '@/components/ui/link-button';
import { RelativeTime } from '@/components/ui/relative-time';
import type { ContactDetail } from '@/lib/features/contacts/get-contact';

function Copyable({ value, of, mono = false }: { value: string | null; of: string; mono?: boolean }): ReactNode {
  if (value === null) return <span className="text-ink-faint">–</span>;
  return (
    <span className="flex items-start gap-1">
      {mono ? <span className="figure">{value}</span> : <Address value={value} className="min-w-0" />}
      <CopyButton value={value} label={`Copy ${of}`} className="-my-0.5" />
    </span>
  );
}

/** Who this is: the addresses and what identifies the person. */
export function ContactFacts({ contact }: { contact: ContactDetail }) {
  const { email, phone, externalId, language, timeZone, createdAt, importId, hardBounces, softBounces } = contact;
  const bounces = hardBounces + softBounces;
  return (
    <Facts
      className="sm:grid-cols-3 lg:grid-cols-[minmax(0,1.7fr)_repeat(5,minmax(0,1fr))]"
      facts={[
        {
          label: 'Email',
          value: <Copyable value={email} of="email" />,
          note: bounces > 0 ? `${bounces} ${bounces === 1 ? 'bounce' : 'bounces'}, ${hardBounces} for good` : undefined,
        },
        { label: 'Phone', value: <Copyable value={phone} of="phone" mono /> },
        { label: 'Customer number', value: <Copyable value={externalId} of="customer number" mono /> },
        { label: 'Language', value: language ? languageName(language) : <span className="text-ink-faint">–</span> },
        { label: 'Time zone', value: timeZone ?? <span className="text-ink-faint">–</span> },
        {
          label: 'Added',
          value: <RelativeTime at={createdAt.toISOString()} />,
          note: importId && <TextLink href={`/contacts/imports/${importId}`}>by an import</TextLink>,
        },
      ]}
    />
  );
}
