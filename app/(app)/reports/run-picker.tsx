import { RunStamp } from '@/components/runs/run-stamp';
import { CheckboxBox } from '@/components/ui/checkbox';
import { DataTable } from '@/components/ui/data-table';
import { LinkButton, TextLink } from '@/components/ui/link-button';
import { formatShare, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { opened } from '@/lib/domain/outcome-counts';
import type { Wire } from '@/lib/domain/wire';
import type { ReportRun } from '@/lib/features/reports/report-runs';
import { CompareForm } from './compare-form';

const FIRST = 20;

interface RunPickerProps {
  runs: Wire<ReportRun>[];
  /** Where all of them are shown; null when they are. */
  allHref: string | null;
}

/** The runs of the period; up to four can be laid side by side. */
export function RunPicker({ runs, allHref }: RunPickerProps) {
  return (
    <CompareForm>
      <DataTable
        label="Runs"
        rows={allHref ? runs.slice(0, FIRST) : runs}
        rowKey={({ runId }) => runId}
        columns={[
          {
            key: 'name',
            header: 'Run',
            cell: ({ runId, name }) => (
              <span className="flex items-center gap-3">
                <CheckboxBox name="run" value={runId} aria-label={`Compare ${name}`} />
                <TextLink href={`/reports/runs/${runId}`}>{name}</TextLink>
              </span>
            ),
          },
          {
            key: 'status',
            header: 'State',
            width: '13rem',
            from: 'lg',
            cell: ({ status, failed, inDoubt }) => <RunStamp status={status} counts={{ failed, in_doubt: inDoubt }} />,
          },
          { key: 'started', header: 'Started', cell: ({ startedAt }) => <RelativeTime at={startedAt} /> },
          {
            key: 'sent',
            header: 'Accepted',
            align: 'right',
            cell: ({ runId, sent }) => (
              <NumberLink href={`/reports/runs/${runId}#by-step`}>
                <Num value={sent} faintZero />
              </NumberLink>
            ),
          },
          {
            key: 'opened',
            header: 'Opened',
            align: 'right',
            cell: (run) => <span className="figure">{formatShare(opened(run), run.emails)}</span>,
          },
          {
            key: 'clicked',
            header: 'Clicked',
            align: 'right',
            cell: (run) => <span className="figure">{formatShare(run.clicked, run.emails)}</span>,
          },
        ]}
      />
      {runs.length > FIRST && allHref && (
        <LinkButton size="sm" variant="quiet" className="mt-2 self-start" href={allHref} scroll={false}>
          Show {runs.length - FIRST} more
        </LinkButton>
      )}
    </CompareForm>
  );
}
