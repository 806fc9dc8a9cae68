import { Address } from '@/components/ui/address';
import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { contactName } from '@/lib/domain/contact-name';

interface Hit {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  found?: 'number' | 'phone' | 'email' | 'name';
}

const FOUND = { number: 'Customer number', phone: 'Phone', email: 'Email', name: 'Name' } as const;

export function HitTable({ hits, label, showFound = false }: { hits: Hit[]; label: string; showFound?: boolean }) {
  return (
    <DataTable
      label={label}
      rows={hits}
      rowKey={({ id }) => id}
      rowHref={({ id }) => `/service/contacts/${id}`}
      columns={[
        { key: 'name', header: 'Customer', cell: (hit) => contactName(hit) },
        { key: 'number', header: 'Customer number', cell: ({ externalId }) => externalId ?? '–', width: '11rem' },
        { key: 'phone', header: 'Phone', cell: ({ phone }) => phone ?? '–', width: '11rem' },
        {
          key: 'email',
          header: 'Email',
          cell: ({ email }) => <Address value={email ?? '–'} />,
        },
        ...(showFound
          ? [
              {
                key: 'found',
                header: 'Found by',
                width: '9rem',
                from: 'lg' as const,
                cell: ({ found }: Hit) => (found ? <Badge>{FOUND[found]}</Badge> : null),
              },
            ]
          : []),
      ]}
    />
  );
}
