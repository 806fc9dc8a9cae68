import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import type { Wire } from '@/lib/domain/wire';
import type { OutputConnection } from '@/lib/features/outputs/list-output-connections';
import { ArchiveConnection } from './archive-connection';
import { ConnectionButton } from './connection-button';
import { TryButton } from './try-button';

type ConnectionRow = Wire<OutputConnection>;

const placeOf = ({ config }: ConnectionRow) =>
  config.kind === 'webhook' ? config.url : `${config.user}@${config.host}:${config.port}/${config.database}`;

const storedOf = ({ id, name, config, hasSecret }: ConnectionRow) => ({ id, name, config, hasSecret });

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
          stacked: 'plain',
          align: 'right',
          cell: (connection) => (
            <span className="flex flex-wrap gap-1 md:justify-end">
              <TryButton
                connection={{ id: connection.id, name: connection.name, kind: connection.kind }}
                trigger={
                  <Button size="sm" variant="quiet" aria-label={`Try ${connection.name}`}>
                    Try
                  </Button>
                }
              />
              <ConnectionButton
                stored={storedOf(connection)}
                trigger={
                  <Button size="sm" variant="quiet" aria-label={`Edit ${connection.name}`}>
                    Edit
                  </Button>
                }
              />
              <ArchiveConnection id={connection.id} name={connection.name} />
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
