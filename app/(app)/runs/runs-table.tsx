import { AudienceNumber } from '@/components/runs/audience-number';
import { RunStamp } from '@/components/runs/run-stamp';
import { StripCompact } from '@/components/strip/strip-compact';
import { DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { formatNumber, Num } from '@/components/ui/number';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import type { Wire } from '@/lib/domain/wire';
import type { RunPage } from '@/lib/features/runs/browse-runs';

export interface RunsTableProps {
  query: string;
  page: Wire<RunPage>;
}

function hrefWith(query: string, change: Record<string, string | null>): string {
  const next = new URLSearchParams(query);
  for (const [key, value] of Object.entries(change)) {
    if (value === null) next.delete(key);
    else next.set(key, value);
  }
  return next.size > 0 ? `/runs?${next}` : '/runs';
}

/** One page of runs. */
export function RunsTable({ query, page }: RunsTableProps) {
  const address = new URLSearchParams(query);
  const { items, nextCursor, totals } = page;
  const direction = address.get('direction') === 'asc' ? 'asc' : 'desc';
  return (
    <>
      <DataTable
        label="Runs"
        rows={items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/runs/${id}`}
        sort={{
          key: address.get('sort') ?? 'started',
          direction,
          hrefFor: (sort, next) => hrefWith(query, { sort, direction: next, cursor: null }),
        }}
        empty={
          <EmptyState
            title="No run matches"
            kind="filtered"
            action={<LinkButton href="/runs">Show all runs</LinkButton>}
          />
        }
        columns={[
          { key: 'name', header: 'Run', sortable: true, cell: ({ name }) => name },
          {
            key: 'status',
            header: 'State',
            sortable: true,
            width: '13rem',
            cell: ({ status, counts }) => <RunStamp status={status} counts={counts} />,
          },
          {
            key: 'strip',
            header: 'Outcome',
            width: '26%',
            cell: ({ counts }) => <StripCompact counts={counts} bare />,
          },
          {
            key: 'audience',
            header: 'Audience',
            sortable: true,
            align: 'right',
            cell: ({ id, audience }) => <AudienceNumber runId={id} audience={audience} />,
            total: <Num value={totals.audience} />,
          },
          {
            key: 'started',
            header: 'Started',
            sortable: true,
            width: '9rem',
            cell: ({ startedAt, scheduledAt, createdAt }) => (
              <RelativeTime at={startedAt ?? scheduledAt ?? createdAt} />
            ),
          },
        ]}
      />
      <Pagination
        previousHref={address.has('cursor') ? hrefWith(query, { cursor: null }) : null}
        nextHref={nextCursor && hrefWith(query, { cursor: nextCursor })}
        summary={totals.runs === 1 ? '1 run' : `${formatNumber(totals.runs)} runs`}
      />
    </>
  );
}
