'use client';

import { Confirm } from '@/components/ui/alert-dialog';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import type { Wire } from '@/lib/domain/wire';
import type { OutputConnection } from '@/lib/features/outputs/list-output-connections';
import { archiveConnection } from './actions';
import { ConnectionDialog } from './connection-dialog';
import { TryConnection } from './try-connection';

type ConnectionRow = Wire<OutputConnection>;

const placeOf = ({ config }: ConnectionRow) =>
  config.kind === 'webhook' ? config.url : `${config.user}@${config.host}:${config.port}/${config.database}`;

export function ConnectionTable({ connections }: { connections: ConnectionRow[] }) {
  return (
    <DataTable
      label="Connections"
      rows={connections}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'name',
          header: 'Connection',
          cell: (connection) => (
            <>
              <span className="font-medium">{connection.name}</span>
              <span className="block font-mono text-ink-faint text-xs [overflow-wrap:anywhere]">
                {placeOf(connection)}
              </span>
            </>
          ),
        },
        { key: 'kind', header: 'Kind', cell: ({ kind }) => (kind === 'postgres' ? 'PostgreSQL' : 'Webhook') },
        { key: 'state', header: 'State', cell: State },
        {
          key: 'actions',
          header: 'Actions',
          align: 'right',
          cell: (connection) => (
            <span className="flex flex-wrap gap-1 md:justify-end">
              <TryConnection connection={connection} />
              <ConnectionDialog
                stored={connection}
                trigger={
                  <Button size="sm" variant="quiet" aria-label={`Edit ${connection.name}`}>
                    Edit
                  </Button>
                }
              />
              <ArchiveConnection {...connection} />
            </span>
          ),
        },
      ]}
    />
  );
}

function State({ holdSince, holdReason, verifiedAt }: ConnectionRow) {
  if (holdSince) {
    return (
      <span className="block max-w-80">
        <Stamp status="failed" label="Held" />
        <span className="block text-ink-soft text-xs [overflow-wrap:anywhere]">
          Since <RelativeTime at={holdSince} />. {holdReason}
        </span>
      </span>
    );
  }
  if (!verifiedAt) return <span className="text-ink-faint">Not tried yet</span>;
  return (
    <span className="text-ink-soft">
      Worked <RelativeTime at={verifiedAt} />
    </span>
  );
}

function ArchiveConnection({ id, name }: { id: string; name: string }) {
  return (
    <Confirm
      danger
      title={`Archive “${name}”?`}
      action="Archive"
      trigger={
        <Button size="sm" variant="quiet" aria-label={`Archive ${name}`}>
          Archive
        </Button>
      }
      onConfirm={async () => {
        const result = await archiveConnection(id).catch(() => null);
        return result?.ok ? undefined : (result?.error.message ?? 'Waybill did not answer. Press again.');
      }}
    >
      <p>
        Its secret is forgotten and no campaign can choose it. Steps of runs under way that write to it fail, and can be
        retried once they write somewhere else.
      </p>
    </Confirm>
  );
}
