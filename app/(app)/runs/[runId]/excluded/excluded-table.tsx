import { Address } from '@/components/ui/address';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { type ExclusionReason, REASON_LABELS } from '@/lib/domain/delivery';
import type { ExcludedRow } from '@/lib/features/runs/run-issues';

export const labelOf = (reason: string) => REASON_LABELS[reason as ExclusionReason] ?? reason;

/** Each person who was left out, with the one reason. */
export function ExcludedTable({ rows }: { rows: ExcludedRow[] }) {
  return (
    <DataTable
      label="People left out"
      rows={rows}
      rowKey={({ contactId }) => contactId}
      rowHref={({ contactId }) => `/contacts/${contactId}`}
      empty={<EmptyState kind="filtered" title="Nobody was left out for this" />}
      columns={[
        {
          key: 'who',
          header: 'Person',
          cell: ({ name, email, phone, contactId }) => name ?? email ?? phone ?? contactId,
        },
        {
          key: 'email',
          header: 'Email',
          cell: ({ email }) => <Address value={email ?? '–'} />,
        },
        { key: 'phone', header: 'Phone', cell: ({ phone }) => phone ?? '–' },
        { key: 'reason', header: 'Why', cell: ({ reason }) => labelOf(reason) },
      ]}
    />
  );
}
