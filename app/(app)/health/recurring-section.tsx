import { RunStamp } from '@/components/runs/run-stamp';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { counted } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import type { Wire } from '@/lib/domain/wire';
import type { RecurringCampaign } from '@/lib/features/occurrences/recurring-campaigns';

type Row = Wire<RecurringCampaign>;

const NO_RUN = {
  waiting: { status: 'waiting', label: 'Waits' },
  skipped: { status: 'skipped', label: 'Left out' },
  missed: { status: 'failed', label: 'Missed' },
} as const;

function LastResult({ last }: Pick<Row, 'last'>) {
  if (!last) return <span className="text-ink-faint">None yet</span>;
  const words = last.unexpectedWords ?? (last.runId ? null : last.reason);
  return (
    <span className="flex flex-col gap-1">
      <span className="flex flex-wrap items-center gap-2">
        {last.runId && last.runStatus ? (
          <Link href={`/runs/${last.runId}`} className="relative z-10 rounded-xs">
            <RunStamp status={last.runStatus} counts={{ failed: last.issues, in_doubt: 0 }} />
          </Link>
        ) : (
          last.state !== 'run' && <Stamp {...NO_RUN[last.state]} />
        )}
        <RelativeTime at={last.plannedAt} className="text-ink-soft" />
        {last.audience !== null && (
          <NumberLink href={last.runId && last.audience > 0 ? `/runs/${last.runId}/deliveries` : undefined}>
            <span className="text-ink-soft">{counted(last.audience, 'person', 'people')}</span>
          </NumberLink>
        )}
      </span>
      {words && <span className="text-attention-ink">{words}</span>}
    </span>
  );
}

const COLUMNS: Column<Row>[] = [
  {
    key: 'name',
    header: 'Campaign',
    cell: ({ name, words }) => (
      <>
        {name}
        <span className="block font-normal text-ink-faint text-xs">{words}</span>
      </>
    ),
  },
  {
    key: 'next',
    header: 'Expected next',
    width: '16rem',
    cell: ({ nextAt, isOverdue }) =>
      isOverdue ? (
        <span className="font-medium text-attention-ink">
          Should have started <RelativeTime at={nextAt} />
        </span>
      ) : (
        <span>
          <RelativeTime at={nextAt} /> <RelativeTime at={nextAt} show="exact" className="text-ink-faint" />
        </span>
      ),
  },
  { key: 'last', header: 'Last result', width: '40%', stacked: 'wide', cell: LastResult },
];

/** Campaigns that recur: when each is expected, and whether the last time was as expected. */
export function RecurringSection({ recurring }: { recurring: Row[] }) {
  return (
    <Section
      title="Recurring campaigns"
      description="Each is expected at its time; one that does not come is an alarm."
    >
      <DataTable
        label="Recurring campaigns"
        rows={recurring}
        rowKey={({ campaignId }) => campaignId}
        rowHref={({ campaignId }) => `/campaigns/${campaignId}/occurrences`}
        empty={
          <EmptyState kind="filtered" title="No campaign recurs">
            One that does stands here with its next time and its last result.
          </EmptyState>
        }
        columns={COLUMNS}
      />
    </Section>
  );
}
