import { RunStamp } from '@/components/runs/run-stamp';
import { cn } from '@/components/ui/cn';
import { TextLink } from '@/components/ui/link-button';
import { formatNumber, formatShare } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { bounced, opened } from '@/lib/domain/outcome-counts';
import type { ReportRun } from '@/lib/features/reports/report-runs';

interface Line {
  label: string;
  /** Where its people are, when it is not the report of the run that leads to them. */
  at?: 'run';
  value: (run: ReportRun) => number;
  /** Which end is good; lines without are not judged. */
  best?: 'most' | 'least';
  /** What its share is of. */
  of?: 'sent' | 'emails';
}

const LINES: Line[] = [
  { label: 'Audience', value: (run) => run.audience, at: 'run' },
  { label: 'Accepted', value: (run) => run.sent },
  { label: 'Failed', value: (run) => run.failed, of: 'sent', best: 'least', at: 'run' },
  { label: 'In doubt', value: (run) => run.inDoubt, of: 'sent', best: 'least', at: 'run' },
  { label: 'Confirmed as delivered', value: (run) => run.delivered, of: 'sent', best: 'most' },
  { label: 'Bounced', value: bounced, of: 'sent', best: 'least' },
  { label: 'Marked as spam', value: (run) => run.complained, of: 'sent', best: 'least' },
  { label: 'Opened', value: opened, of: 'emails', best: 'most' },
  { label: 'Opened by people', value: (run) => run.openedByPeople, of: 'emails', best: 'most' },
  { label: 'Opened by machines', value: (run) => run.openedByMachines, of: 'emails' },
  { label: 'Opened by whom is unknown', value: (run) => run.openedUnknown, of: 'emails' },
  { label: 'Clicked', value: (run) => run.clicked, of: 'emails', best: 'most' },
  { label: 'Unsubscribed', value: (run) => run.unsubscribed, of: 'sent', best: 'least' },
];

/** A run may have several steps: what parts its number, each part with its people, is a click away. */
function hrefOf({ at }: Line, { runId }: ReportRun): string {
  return at === 'run' ? `/runs/${runId}#steps` : `/reports/runs/${runId}#by-step`;
}

function shareOf({ value, of = 'sent' }: Line, run: ReportRun): number {
  return value(run) / Math.max(1, run[of]);
}

function bestOf(line: Line, runs: ReportRun[]): number | null {
  const { best, of = 'sent' } = line;
  if (!best) return null;
  const shares = runs.filter((run) => run[of] > 0).map((run) => shareOf(line, run));
  if (new Set(shares).size < 2) return null;
  return best === 'most' ? Math.max(...shares) : Math.min(...shares);
}

/** Runs side by side, one line per number; scrolls within itself where it is too narrow. */
export function ComparisonTable({ runs }: { runs: ReportRun[] }) {
  const top = Math.max(...LINES.filter(({ of }) => of).flatMap((line) => runs.map((run) => shareOf(line, run))), 0.01);
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard
    <section aria-label="Comparison" tabIndex={0} className="overflow-x-auto">
      <table className="w-full border-separate border-spacing-0">
        <thead>
          <tr>
            <th
              scope="col"
              className="sticky left-0 z-10 bg-paper py-2 pr-4 text-left align-bottom font-medium text-ink-soft text-xs"
            >
              Run
            </th>
            {runs.map((run) => (
              <th key={run.runId} scope="col" className="min-w-40 py-2 pl-4 text-right align-bottom font-normal">
                <span className="flex flex-col items-end gap-1">
                  <TextLink href={`/reports/runs/${run.runId}`} className="font-medium">
                    {run.name}
                  </TextLink>
                  <RelativeTime at={run.startedAt.getTime()} className="text-ink-faint text-xs" />
                  <RunStamp status={run.status} counts={{ failed: run.failed, in_doubt: run.inDoubt }} />
                </span>
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {LINES.map((line, index) => {
            const best = bestOf(line, runs);
            const edge = index === 0 ? 'border-ink' : 'border-rule';
            return (
              <tr key={line.label}>
                <th
                  scope="row"
                  className={cn(
                    'sticky left-0 z-10 border-t bg-paper py-2 pr-4 text-left font-normal text-ink-soft',
                    edge,
                  )}
                >
                  {line.label}
                </th>
                {runs.map((run) => {
                  const n = line.value(run);
                  const share = shareOf(line, run);
                  const whole = line.of && run[line.of];
                  return (
                    <td
                      key={run.runId}
                      className={cn(
                        'figure border-t py-2 pl-4 text-right',
                        edge,
                        best === share && whole !== 0 && 'font-semibold',
                      )}
                    >
                      <NumberLink href={n > 0 ? hrefOf(line, run) : undefined}>
                        {whole === undefined ? formatNumber(n) : formatShare(n, whole)}
                        {whole !== undefined && (
                          <span className="ml-2 font-normal text-ink-faint text-xs">{formatNumber(n)}</span>
                        )}
                      </NumberLink>
                      {whole !== undefined && (
                        <span
                          aria-hidden="true"
                          className="mt-1 ml-auto block h-1 bg-rule-strong"
                          style={{ width: `${(share / top) * 100}%` }}
                        />
                      )}
                    </td>
                  );
                })}
              </tr>
            );
          })}
        </tbody>
      </table>
    </section>
  );
}
