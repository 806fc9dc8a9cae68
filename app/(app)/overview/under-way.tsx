'use client';

import { RunStamp } from '@/components/runs/run-stamp';
import { usePoll } from '@/components/runs/use-poll';
import { StripCompact } from '@/components/strip/strip-compact';
import { Link } from '@/components/ui/link';
import { TextLink } from '@/components/ui/link-button';
import { counted, formatNumber } from '@/components/ui/number';
import { Section } from '@/components/ui/section';
import { stripTotal } from '@/lib/domain/strip';
import type { Wire } from '@/lib/domain/wire';
import type { RunListRow, RunPage } from '@/lib/features/runs/browse-runs';

const LIVE_MS = 2_000;
const QUIET_MS = 15_000;

function settledWords({ counts, status, audience }: Wire<RunListRow>): string {
  if (status === 'queuing')
    return audience ? `queuing ${counted(audience, 'person', 'people')}` : 'working out the audience';
  const total = stripTotal(counts);
  return `${formatNumber(total - counts.waiting)} of ${formatNumber(total)} settled`;
}

/** Runs that are sending, queuing or paused, as they are this moment. */
export function UnderWay({ initial }: { initial: Wire<RunPage> }) {
  const { data } = usePoll({
    url: '/api/v1/runs?filter=under_way&limit=12',
    initial,
    everyMs: ({ items }) => (items.some(({ status }) => status !== 'paused') ? LIVE_MS : QUIET_MS),
  });
  const { items, totals } = data;
  return (
    <Section
      title="Under way"
      actions={
        totals.runs > items.length && <TextLink href="/runs?filter=under_way">All {formatNumber(totals.runs)}</TextLink>
      }
    >
      {items.length === 0 ? (
        <p className="border-ink border-t pt-3 text-ink-soft">Nothing is being sent right now.</p>
      ) : (
        <ul className="divide-y divide-rule border-ink border-t">
          {items.map((run) => (
            <li
              key={run.id}
              className="relative grid items-center gap-x-6 gap-y-2 py-3 transition-colors hover:bg-well lg:grid-cols-[minmax(0,1fr)_8rem_minmax(0,1.6fr)_13rem]"
            >
              <Link
                href={`/runs/${run.id}`}
                className="min-w-0 font-medium [overflow-wrap:anywhere] after:absolute after:inset-0 focus-visible:outline-none focus-visible:after:outline-2 focus-visible:after:outline-link"
              >
                {run.name}
              </Link>
              <span>
                <RunStamp status={run.status} counts={run.counts} />
              </span>
              <StripCompact counts={run.counts} bare />
              <span className="text-ink-soft tabular-nums lg:text-right">{settledWords(run)}</span>
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}
