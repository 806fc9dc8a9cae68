import { Id } from '@/components/ui/code';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { formatNumber, Num } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import type { Wire } from '@/lib/domain/wire';
import type { WorkerHealth } from '@/lib/features/health/system-health';

const STATE = {
  alive: { status: 'active', label: 'Alive' },
  stopped: { status: 'archived', label: 'Stopped' },
  gone: { status: 'failed', label: 'Gone' },
} as const;

const MEBIBYTE = 1_048_576;

/** The processes that send; one that was killed is gone until another takes over what it held. */
export function WorkersSection({ workers }: { workers: Wire<WorkerHealth>[] }) {
  return (
    <Section title="Workers" description="The processes that send, and those of the last day.">
      <DataTable
        label="Workers"
        rows={workers}
        rowKey={({ id }) => id}
        empty={
          <EmptyState kind="filtered" title="No worker has run in the last day">
            Start one with <code className="font-mono">npm start</code>; it takes up what is due within seconds.
          </EmptyState>
        }
        columns={[
          {
            key: 'worker',
            header: 'Worker',
            cell: ({ id, host, pid }) => (
              <span>
                {host} <span className="text-ink-faint">process {pid}</span>
                <span className="block font-normal">
                  <Id value={id} of="worker id" />
                </span>
              </span>
            ),
          },
          {
            key: 'state',
            header: 'State',
            width: '8rem',
            cell: ({ state }) => <Stamp status={STATE[state].status} label={STATE[state].label} />,
          },
          {
            key: 'heartbeat',
            header: 'Last heard of',
            cell: ({ heartbeatAt, stoppedAt }) => <RelativeTime at={stoppedAt ?? heartbeatAt} />,
          },
          { key: 'started', header: 'Started', from: 'lg', cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
          {
            key: 'holding',
            header: 'Batches held',
            align: 'right',
            cell: ({ holding }) => <Num value={holding} faintZero />,
          },
          {
            key: 'memory',
            header: 'Memory',
            align: 'right',
            cell: ({ rssBytes }) => (
              <span className="figure">
                {rssBytes === null ? '–' : `${formatNumber(Math.round(rssBytes / MEBIBYTE))} MB`}
              </span>
            ),
          },
        ]}
      />
    </Section>
  );
}
