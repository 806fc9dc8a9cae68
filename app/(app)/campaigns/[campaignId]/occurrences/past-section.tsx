import { AudienceNumber } from '@/components/runs/audience-number';
import { RunStamp } from '@/components/runs/run-stamp';
import { StripCompact } from '@/components/strip/strip-compact';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { Num } from '@/components/ui/number';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { Stamp } from '@/components/ui/stamp';
import type { OccurrencesWire } from './occurrences-live';

type Row = OccurrencesWire['past'][number];

const STATES = {
  waiting: { status: 'waiting', label: 'Waits' },
  skipped: { status: 'skipped', label: 'Left out' },
  missed: { status: 'failed', label: 'Missed' },
} as const;

function stateOf({ state, run }: Row) {
  if (run) {
    return (
      <Link href={`/runs/${run.id}`} className="relative z-10 rounded-xs">
        <RunStamp status={run.status} counts={run.counts} />
      </Link>
    );
  }
  return state === 'run' ? null : <Stamp status={STATES[state].status} label={STATES[state].label} />;
}

const COLUMNS: Column<Row>[] = [
  {
    key: 'planned',
    header: 'Planned for',
    width: '15rem',
    cell: ({ plannedAt, run, decidedBy }) => (
      <span>
        {run ? (
          <Link href={`/runs/${run.id}`} className="rounded-xs font-medium hover:text-link hover:underline">
            <RelativeTime at={plannedAt} show="exact" />
          </Link>
        ) : (
          <RelativeTime at={plannedAt} show="exact" className="font-medium" />
        )}
        {run && decidedBy && <span className="block text-ink-faint text-xs">out of turn, by {decidedBy.name}</span>}
      </span>
    ),
  },
  { key: 'state', header: 'Result', width: '14rem', stacked: 'corner', cell: stateOf },
  {
    key: 'outcome',
    header: 'Outcome',
    stacked: 'wide',
    cell: ({ run, reason, unexpectedWords }) => (
      <span className="flex w-full flex-col gap-1">
        {run?.audience ? <StripCompact counts={run.counts} bare /> : null}
        {(unexpectedWords ?? (run ? null : reason)) && (
          <span className={unexpectedWords ? 'text-attention-ink text-sm' : 'text-ink-soft text-sm'}>
            {unexpectedWords ?? reason}
          </span>
        )}
      </span>
    ),
  },
  {
    key: 'audience',
    header: 'Audience',
    align: 'right',
    width: '6rem',
    cell: ({ run }) => (run ? <AudienceNumber runId={run.id} audience={run.audience} /> : <Num value={null} />),
  },
];

interface PastSectionProps {
  campaignId: string;
  isActive: boolean;
  past: Row[];
  before: string | null;
  nextBefore: string | null;
}

/** What became of each planned moment, runs or none. */
export function PastSection({ campaignId, isActive, past, before, nextBefore }: PastSectionProps) {
  const at = `/campaigns/${campaignId}/occurrences`;
  return (
    <Section title="Until now">
      <DataTable
        label="Past occurrences"
        rows={past}
        rowKey={({ plannedAt }) => plannedAt}
        empty={
          <EmptyState kind="filtered" title={isActive ? 'None yet' : 'It never came'}>
            {isActive ? 'The first one comes as planned above.' : 'It was deactivated before its first occurrence.'}
          </EmptyState>
        }
        columns={COLUMNS}
      />
      <Pagination
        previousHref={before ? at : null}
        nextHref={nextBefore && `${at}?before=${encodeURIComponent(nextBefore)}`}
      />
    </Section>
  );
}
