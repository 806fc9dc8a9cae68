import type { ReactNode } from 'react';
import { Who } from '@/components/contacts/who';
import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp, type StampStatus } from '@/components/ui/stamp';
import { causeCode, explainCause, OUTSIDE_HOURS } from '@/lib/domain/error-words';
import type { Wire } from '@/lib/domain/wire';
import type { RunRow } from '@/lib/features/runs/list-run-rows';

type Row = Wire<RunRow>;

function stampOf({ state, deliveredAt, bouncedAt }: Row): { status: StampStatus; label?: string } {
  if (state === 'accepted' && bouncedAt) return { status: 'failed', label: 'Bounced' };
  if (state === 'accepted' && deliveredAt) return { status: 'delivered' };
  if (state === 'queued') return { status: 'waiting' };
  return state === 'superseded' ? { status: 'in_doubt', label: 'Sent again' } : { status: state };
}

function Waiting({ row: { waitsAt, waitsUntil, cause } }: { row: Row }) {
  return (
    <span className="text-ink-faint">
      {waitsAt === null ? 'Queued' : `Still at step ${waitsAt + 1}`}
      {waitsUntil && (
        <>
          , {cause === OUTSIDE_HOURS ? 'their hours open' : 'to go on'} <RelativeTime at={waitsUntil} />
        </>
      )}
    </span>
  );
}

/** Why it is so, or what is known since; null when there is nothing to say. */
function why(row: Row): ReactNode {
  if (row.state === 'queued') return <Waiting row={row} />;
  if (!row.cause || row.state === 'accepted') {
    if (!row.openedAt && !row.clickedAt && !row.isResent) return null;
    return (
      <span className="flex flex-wrap gap-1">
        {row.openedAt && <Badge tone="accepted">Opened</Badge>}
        {row.clickedAt && <Badge tone="accepted">Clicked</Badge>}
        {row.isResent && <Badge tone="doubt">Sent again</Badge>}
      </span>
    );
  }
  const { what } = explainCause(row.state, row.cause);
  return (
    <span className="[overflow-wrap:anywhere]">
      {what.charAt(0).toUpperCase() + what.slice(1)}
      {row.errorText && (
        <span className="block text-ink-faint text-xs" title={causeCode(row.cause)}>
          {row.errorText.slice(0, 200)}
        </span>
      )}
    </span>
  );
}

/** Each person at this step: where, what became of it, why, when. */
export function RowsTable({ rows }: { rows: Row[] }) {
  return (
    <DataTable
      label="Deliveries"
      rows={rows}
      rowKey={({ contactId, deliveryId }) => deliveryId ?? contactId}
      rowHref={({ contactId }) => `/contacts/${contactId}`}
      empty={
        <EmptyState kind="filtered" title="Nobody here">
          Nobody of this step is in this state now.
        </EmptyState>
      }
      columns={[
        {
          key: 'who',
          header: 'Person',
          cell: ({ name, address, contactId }) => <Who name={name} address={address} contactId={contactId} />,
        },
        { key: 'state', header: 'State', width: '9rem', cell: (row) => <Stamp {...stampOf(row)} /> },
        { key: 'why', header: 'Why', width: '40%', cell: why },
        {
          key: 'attempts',
          header: 'Attempts',
          align: 'right',
          from: 'lg',
          cell: ({ attempts }) => <span className="figure">{attempts}</span>,
        },
        {
          key: 'settled',
          header: 'Settled',
          width: '9rem',
          cell: ({ settledAt }) =>
            settledAt ? <RelativeTime at={settledAt} /> : <span className="text-ink-faint">–</span>,
        },
      ]}
    />
  );
}
