'use client';

import { useRouter } from 'next/navigation';
import { useState } from 'react';
import { RunStamp } from '@/components/runs/run-stamp';
import { Button } from '@/components/ui/button';
import { CheckboxBox } from '@/components/ui/checkbox';
import { DataTable } from '@/components/ui/data-table';
import { TextLink } from '@/components/ui/link-button';
import { formatShare, Num } from '@/components/ui/number';
import { RelativeTime } from '@/components/ui/relative-time';
import { Section } from '@/components/ui/section';
import { opened } from '@/lib/domain/outcome-counts';
import type { Wire } from '@/lib/domain/wire';
import type { ReportRun } from '@/lib/features/reports/report-runs';

const MOST = 4;
const FIRST = 20;

/** The runs of the period; up to four can be laid side by side. */
export function RunPicker({ runs }: { runs: Wire<ReportRun>[] }) {
  const router = useRouter();
  const [picked, setPicked] = useState<readonly string[]>([]);
  const [all, setAll] = useState(false);

  function toggle(runId: string, on: boolean) {
    setPicked(on ? [...picked, runId] : picked.filter((each) => each !== runId));
  }

  return (
    <Section
      title="By run"
      description={
        picked.length === MOST ? 'Four is the most that can be compared.' : 'Choose two to four to compare them.'
      }
      actions={
        <Button
          size="sm"
          disabled={picked.length < 2}
          onClick={() => router.push(`/reports/compare?${new URLSearchParams(picked.map((id) => ['run', id]))}`)}
        >
          Compare {picked.length > 1 ? picked.length : ''}
        </Button>
      }
    >
      <DataTable
        label="Runs"
        rows={all ? runs : runs.slice(0, FIRST)}
        rowKey={({ runId }) => runId}
        columns={[
          {
            key: 'name',
            header: 'Run',
            cell: ({ runId, name }) => (
              <span className="flex items-center gap-3">
                <CheckboxBox
                  aria-label={`Compare ${name}`}
                  checked={picked.includes(runId)}
                  disabled={picked.length === MOST && !picked.includes(runId)}
                  onCheckedChange={(on) => toggle(runId, on === true)}
                />
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
          { key: 'sent', header: 'Accepted', align: 'right', cell: ({ sent }) => <Num value={sent} faintZero /> },
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
      {runs.length > FIRST && !all && (
        <Button size="sm" variant="quiet" className="mt-2 self-start" onClick={() => setAll(true)}>
          Show {runs.length - FIRST} more
        </Button>
      )}
    </Section>
  );
}
