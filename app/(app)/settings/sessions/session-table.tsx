'use client';

import { useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Badge } from '@/components/ui/badge';
import { Button } from '@/components/ui/button';
import { DataTable } from '@/components/ui/data-table';
import { RelativeTime } from '@/components/ui/relative-time';
import { toast } from '@/components/ui/toast';
import { endOne } from './actions';

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
        { key: 'end', header: 'Actions', align: 'right', cell: (row) => !row.isThis && <EndButton {...row} /> },
      ]}
    />
  );
}

function EndButton({ id, device }: SessionRow) {
  const [pending, startTransition] = useTransition();
  function end() {
    startTransition(async () => {
      const result = await answerOf(endOne({ sessionId: id }));
      if (result.ok) toast.done('The session has ended.');
      else toast.failed('The session was not ended.', { description: result.error.message });
    });
  }
  return (
    <Button size="sm" variant="quiet" pending={pending} onClick={end} aria-label={`End the session on ${device}`}>
      End
    </Button>
  );
}
