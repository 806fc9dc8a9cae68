import type { ReactNode } from 'react';
import { Address } from '@/components/ui/address';
import { type Column, DataTable, type TableSort } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { contactName } from '@/lib/domain/contact-name';
import { ConsentBadges, type ConsentState } from './consent-badges';

export interface ContactRow extends ConsentState {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  createdAt: Date;
}

interface ContactTableProps {
  contacts: ContactRow[];
  sort?: TableSort;
  empty?: ReactNode;
  /** Says why somebody is in the list, such as the explanation of a segment. */
  explainHref?: (id: string) => string;
  /** More about each row, before the last column. */
  more?: Column<ContactRow>[];
}

/** People in rows; at the width of a phone each as a small sheet. */
export function ContactTable({ contacts, sort, empty, explainHref, more = [] }: ContactTableProps) {
  return (
    <DataTable
      label="Contacts"
      rows={contacts}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/contacts/${id}`}
      sort={sort}
      empty={empty}
      columns={[
        {
          key: 'name',
          header: 'Contact',
          cell: (contact) => <NameCell contact={contact} />,
        },
        {
          key: 'email',
          header: 'Email',
          sortable: true,
          from: 'lg',
          cell: ({ email }) => (
            <span className="line-clamp-1" title={email ?? undefined}>
              <Shown value={email} />
            </span>
          ),
        },
        {
          key: 'phone',
          header: 'Phone',
          width: '9.5rem',
          cell: ({ phone }) => <Shown value={phone} mono />,
        },
        {
          key: 'external_id',
          header: 'Customer number',
          sortable: true,
          width: '10rem',
          from: 'lg',
          cell: ({ externalId }) => <Shown value={externalId} mono />,
        },
        { key: 'consent', header: 'Consent', width: '10rem', cell: (contact) => <ConsentBadges contact={contact} /> },
        ...more,
        ...(explainHref
          ? [
              {
                key: 'why',
                header: 'Why',
                cell: ({ id }: ContactRow) => (
                  <a href={explainHref(id)} className="relative z-10 text-link underline underline-offset-4">
                    Explain
                  </a>
                ),
              },
            ]
          : []),
        {
          key: 'added',
          header: 'Added',
          sortable: true,
          align: 'right',
          width: '8.5rem',
          from: 'lg',
          cell: ({ createdAt }) => <RelativeTime at={createdAt.toISOString()} />,
        },
      ]}
    />
  );
}

/** The name; where there is no column for it, the address below. */
export function NameCell({ contact }: { contact: Parameters<typeof contactName>[0] }) {
  const name = contactName(contact);
  return (
    <>
      <span dir="auto" className="[overflow-wrap:anywhere]">
        {name}
      </span>
      {contact.email && contact.email !== name && (
        <Address value={contact.email} className="block @4xl:hidden font-normal text-ink-faint text-sm" />
      )}
    </>
  );
}

function Shown({ value, mono = false }: { value: string | null; mono?: boolean }) {
  if (value === null) return <span className="text-ink-faint">–</span>;
  return mono ? <span className="figure">{value}</span> : <Address value={value} />;
}
