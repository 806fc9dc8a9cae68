import { Badge } from '@/components/ui/badge';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { EndButton } from './end-button';

interface SessionRow {
  id: string;
  device: string;
  ip: string;
  way: string;
  startedAt: string;
  lastSeenAt: string;
  isThis: boolean;
}

export function SessionTable({ sessions }: { sessions: SessionRow[] }) {
  return (
    <DataTable
      label="Sessions"
      rows={sessions}
      rowKey={({ id }) => id}
      columns={[
        {
          key: 'device',
          header: 'Device',
          cell: ({ device, isThis }) => (
            <span className="flex items-center gap-2 font-medium">
              {device}
              {isThis && <Badge tone="accepted">This one</Badge>}
            </span>
          ),
        },
        { key: 'ip', header: 'Address', cell: ({ ip }) => <span className="figure text-xs">{ip}</span> },
        { key: 'way', header: 'Signed in by', cell: ({ way }) => way },
        { key: 'started', header: 'Since', cell: ({ startedAt }) => <RelativeTime at={startedAt} />, from: 'lg' },
        { key: 'seen', header: 'Last used', cell: ({ lastSeenAt }) => <RelativeTime at={lastSeenAt} /> },
        {
          key: 'end',
          header: 'Actions',
          stacked: 'plain',
          align: 'right',
          cell: ({ id, device, isThis }) => !isThis && <EndButton id={id} device={device} />,
        },
      ]}
    />
  );
}
