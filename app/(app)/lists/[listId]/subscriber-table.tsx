import type { ReactNode } from 'react';
import { ConsentBadges } from '@/components/contacts/consent-badges';
import { NameCell } from '@/components/contacts/contact-table';
import { EvidenceText } from '@/components/contacts/evidence-text';
import { Address } from '@/components/ui/address';
import { DataTable, type TableSort } from '@/components/ui/data-table';
import type { SubscribedContact } from '@/lib/features/lists/list-subscriptions';

interface SubscriberTableProps {
  people: SubscribedContact[];
  sort: TableSort;
  empty: ReactNode;
}

/** The people of a list, each with what proves the subscription. */
export function SubscriberTable({ people, sort, empty }: SubscriberTableProps) {
  return (
    <DataTable
      label="People on the list"
      rows={people}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/contacts/${id}`}
      sort={sort}
      empty={empty}
      columns={[
        {
          key: 'added',
          header: 'Contact',
          sortable: true,
          cell: (contact) => <NameCell contact={contact} />,
        },
        {
          key: 'email',
          header: 'Email',
          sortable: true,
          from: 'lg',
          cell: ({ email }) => <Address value={email ?? '–'} />,
        },
        {
          key: 'phone',
          header: 'Phone',
          width: '9.5rem',
          cell: ({ phone }) => <span className="figure">{phone ?? '–'}</span>,
        },
        {
          key: 'proof',
          header: 'How and when',
          width: '16rem',
          cell: ({ source, evidence, since }) => (
            <EvidenceText source={source} evidence={evidence} at={since.toISOString()} />
          ),
        },
        { key: 'consent', header: 'Consent', from: 'lg', cell: (contact) => <ConsentBadges contact={contact} /> },
      ]}
    />
  );
}
