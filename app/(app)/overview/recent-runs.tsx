import { AudienceNumber } from '@/components/runs/audience-number';
import { RunStamp } from '@/components/runs/run-stamp';
import { StripCompact } from '@/components/strip/strip-compact';
import { DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import type { Wire } from '@/lib/domain/wire';
import type { RunListRow } from '@/lib/features/runs/browse-runs';

/** The newest runs, whatever became of them. */
export function RecentRuns({ runs }: { runs: Wire<RunListRow>[] }) {
  return (
    <Section title="Recent runs" actions={<TextLink href="/runs">All runs</TextLink>}>
      <DataTable
        label="Recent runs"
        rows={runs}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/runs/${id}`}
        columns={[
          { key: 'name', header: 'Run', cell: ({ name }) => name },
          {
            key: 'status',
            header: 'State',
            width: '13rem',
            cell: ({ status, counts }) => <RunStamp status={status} counts={counts} />,
          },
          {
            key: 'strip',
            header: 'Outcome',
            width: '30%',
            cell: ({ counts }) => <StripCompact counts={counts} bare />,
          },
          {
            key: 'audience',
            header: 'Audience',
            align: 'right',
            cell: ({ id, audience }) => <AudienceNumber runId={id} audience={audience} />,
          },
          {
            key: 'started',
            header: 'Started',
            width: '9rem',
            cell: ({ startedAt, scheduledAt, createdAt }) => (
              <RelativeTime at={startedAt ?? scheduledAt ?? createdAt} />
            ),
          },
        ]}
      />
    </Section>
  );
}
