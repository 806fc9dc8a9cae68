'use client';

import { useTransition } from 'react';
import { answerOf } from '@/components/ui/answer-of';
import { Button } from '@/components/ui/button';
import { CodeBlock } from '@/components/ui/code';
import { DataTable } from '@/components/ui/data-table';
import { Dialog } from '@/components/ui/dialog';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { toast } from '@/components/ui/toast';
import { replay } from '../actions';

interface MessageRow {
  id: string;
  type: string;
  state: 'queued' | 'sent' | 'failed';
  attempts: number;
  lastStatus: number | null;
  lastError: string | null;
  body: string;
  createdAt: string;
  notBefore: string;
}

const STAMPS = { queued: 'waiting', sent: 'delivered', failed: 'failed' } as const;

export function MessageTable({ webhookId, messages }: { webhookId: string; messages: MessageRow[] }) {
  return (
    <DataTable
      label="Messages"
      rows={messages}
      rowKey={({ id }) => id}
      columns={[
        { key: 'type', header: 'Event', cell: ({ type }) => <span className="font-mono text-xs">{type}</span> },
        { key: 'state', header: 'State', cell: ({ state }) => <Stamp status={STAMPS[state]} /> },
        { key: 'answer', header: 'Last answer', cell: LastAnswer },
        { key: 'attempts', header: 'Attempts', align: 'right', from: 'lg', cell: ({ attempts }) => attempts },
        { key: 'at', header: 'When', cell: ({ createdAt }) => <RelativeTime at={createdAt} /> },
        {
          key: 'actions',
          header: 'Actions',
          stacked: 'plain',
          align: 'right',
          cell: (row) => (
            <span className="flex gap-1 md:justify-end">
              <Dialog
                title={row.type}
                size="md"
                trigger={
                  <Button size="sm" variant="quiet" aria-label={`Look at ${row.type}`}>
                    Look
                  </Button>
                }
              >
                <CodeBlock code={row.body} of="the body" />
              </Dialog>
              <ReplayButton webhookId={webhookId} {...row} />
            </span>
          ),
        },
      ]}
    />
  );
}

function LastAnswer({ state, lastStatus, lastError, notBefore, attempts }: MessageRow) {
  if (state === 'sent') return `${lastStatus}`;
  return (
    <span className="block min-w-0 text-sm">
      <span className="[overflow-wrap:anywhere]">{lastError ?? (attempts === 0 ? 'Not sent yet' : '–')}</span>
      {state === 'queued' && attempts > 0 && (
        <span className="block text-ink-faint text-xs">
          Again <RelativeTime at={notBefore} />
        </span>
      )}
    </span>
  );
}

function ReplayButton({ webhookId, id, type }: MessageRow & { webhookId: string }) {
  const [pending, startTransition] = useTransition();
  function again() {
    startTransition(async () => {
      const result = await answerOf(replay({ webhookId, messageId: id }));
      if (result.ok) toast.done('It goes out again with the same id.');
      else toast.failed('It was not sent again.', { description: result.error.message });
    });
  }
  return (
    <Button size="sm" variant="quiet" pending={pending} onClick={again} aria-label={`Send ${type} again`}>
      Send again
    </Button>
  );
}
