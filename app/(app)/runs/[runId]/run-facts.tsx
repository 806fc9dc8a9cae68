import { type Fact, Facts } from '@/components/ui/facts';
import { counted, formatNumber, formatShare, Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { RelativeTime } from '@/components/ui/relative-time';
import { duration } from '@/components/ui/time-words';
import { isTerminal } from '@/lib/domain/run';
import { runCounts } from '@/lib/domain/run-words';
import { stripTotal } from '@/lib/domain/strip';
import type { RunPart } from './run-live';

/** An estimate is no more exact than a minute once it is longer than one. */
function roughly(ms: number): string {
  return duration(ms < 90_000 ? ms : Math.round(ms / 60_000) * 60_000);
}

function timeFact({ progress }: RunPart): Fact {
  const { status, startedAt, completedAt, etaSeconds, scheduledAt } = progress;
  if (status === 'scheduled') {
    return { label: 'Starts', value: scheduledAt ? <RelativeTime at={scheduledAt} className="text-base" /> : '–' };
  }
  if (isTerminal(status) && startedAt && completedAt) {
    const note = <RelativeTime at={completedAt} show="exact" />;
    return { label: 'Took', value: duration(Date.parse(completedAt) - Date.parse(startedAt)), note: <>ended {note}</> };
  }
  const note = startedAt ? (
    <>
      {etaSeconds !== null && 'about; '}started <RelativeTime at={startedAt} />
    </>
  ) : undefined;
  return { label: 'Time left', value: etaSeconds === null ? '–' : roughly(etaSeconds * 1000), note };
}

const perSecond = (rate: number) => `${formatNumber(rate, 'en', { maximumFractionDigits: rate < 10 ? 1 : 0 })}/s`;

/** How fast it goes; of a run that has ended, how fast it went at its best: pauses and waits say nothing about that. */
function rateFact({ progress, details }: RunPart): Fact {
  const { status, maxPerSecond, ratePerSecond } = progress;
  const limit = maxPerSecond === null ? 'no limit of its own' : `at most ${formatNumber(maxPerSecond)}/s`;
  if (status === 'sending') return { label: 'Rate', value: perSecond(ratePerSecond), note: limit };
  const { accepted, failed, other } = details.rates;
  const best = Math.max(0, ...accepted.map((rate, at) => rate + (failed[at] ?? 0) + (other[at] ?? 0)));
  if (isTerminal(status) && best > 0) return { label: 'Rate', value: perSecond(best), note: 'at its fastest' };
  return { label: 'Rate', value: '–', note: limit };
}

/** The head of the sheet: from the lists to the audience, how far, how fast, how long. */
export function RunFacts(part: RunPart) {
  const { run, progress } = part;
  const counts = runCounts(progress);
  const total = stripTotal(counts);
  const settled = total - counts.waiting;
  const excluded = progress.excluded.reduce((sum, { n }) => sum + n, 0);
  const facts: Fact[] = [
    {
      label: 'Left out',
      value: (
        <NumberLink href={`/runs/${run.id}/excluded`}>
          <Num value={progress.listTotal === null ? null : excluded} />
        </NumberLink>
      ),
      note: progress.listTotal === null ? 'not known yet' : `of ${formatNumber(progress.listTotal)} on the lists`,
    },
    {
      label: 'Audience',
      value: (
        <NumberLink href={progress.audience > 0 ? `/runs/${run.id}/deliveries` : undefined}>
          <Num value={progress.audience} />
        </NumberLink>
      ),
      note: progress.steps.length > 1 ? `${progress.steps.length} steps` : undefined,
    },
    {
      label: 'Settled',
      // a sum over the steps: each of them shows who is where
      value: (
        <NumberLink href={settled > 0 ? '#steps' : undefined}>
          <Num value={settled} />
        </NumberLink>
      ),
      note: total > 0 ? `${formatShare(settled, total)} of ${counted(total, 'delivery', 'deliveries')}` : undefined,
    },
    rateFact(part),
    timeFact(part),
  ];
  return <Facts facts={facts} size="lg" />;
}
