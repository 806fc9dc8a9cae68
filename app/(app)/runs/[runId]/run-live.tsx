'use client';

import { Check } from 'lucide-react';
import { useEffect, useEffectEvent } from 'react';
import { LineNotice } from '@/components/runs/line-notice';
import { RunStamp } from '@/components/runs/run-stamp';
import { usePoll } from '@/components/runs/use-poll';
import { Id } from '@/components/ui/code';
import { TextLink } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { isTerminal } from '@/lib/domain/run';
import { runCounts, runSentence } from '@/lib/domain/run-words';
import type { Wire } from '@/lib/domain/wire';
import type { RunDetails } from '@/lib/features/health/run-details';
import type { Run } from '@/lib/features/runs/get-run';
import type { RunProgress } from '@/lib/features/runs/run-progress';
import { DoubtsSection } from './doubts-section';
import { FailuresSection } from './failures-section';
import { HoursLine } from './hours-line';
import { NowLine } from './now-line';
import { PeopleSection } from './people-section';
import { RateSection } from './rate-section';
import { RunControls } from './run-controls';
import { RunFacts } from './run-facts';
import { RunNotices } from './run-notices';
import { StepsSection } from './steps-section';
import { TrailSection } from './trail-section';
import { WavesSection } from './waves-section';

export interface RunRights {
  control: boolean;
  launch: boolean;
  exportRows: boolean;
  report: boolean;
}

interface RunLiveProps {
  run: Wire<Run>;
  progress: Wire<RunProgress>;
  details: Wire<RunDetails>;
  rights: RunRights;
}

const PROGRESS_MS = 1_500;
const SCHEDULED_MS = 10_000;
const DETAILS_MS = 5_000;

/** What must be in step with the live numbers: when one of these changes, the rest of the page is asked for at once. */
function fingerprint({ status, steps, waves, outsideHours }: Wire<RunProgress>): string {
  const rows = steps.map(({ counts }) => [counts.failed, counts.in_doubt, counts.skipped, counts.expired].join());
  return [status, outsideHours?.n, ...rows, ...waves.map((wave) => wave.status)].join('|');
}

/** Ended, and its books are closed: a cancelled run still writes down what it did not send. */
function isOver(run: Wire<RunProgress>): boolean {
  return isTerminal(run.status) && (run.status !== 'cancelled' || runCounts(run).waiting === 0);
}

/** The whole run page; asks for its numbers until the run has ended, and says so when it cannot. */
export function RunLive({ run, rights, ...initial }: RunLiveProps) {
  const everyMs = (known: Wire<RunProgress>) => {
    if (isOver(known)) return false;
    return known.status === 'scheduled' || known.status === 'paused' ? SCHEDULED_MS / 2 : PROGRESS_MS;
  };
  const live = usePoll({ url: `/api/v1/runs/${run.id}/progress`, initial: initial.progress, everyMs });
  const progress = live.data;
  const ended = isOver(progress);
  const rest = usePoll({
    url: `/api/v1/runs/${run.id}/details`,
    initial: initial.details,
    everyMs: () => (ended ? false : DETAILS_MS),
  });
  const details = rest.data;
  const print = fingerprint(progress);
  const isFirst = print === fingerprint(initial.progress);
  const refreshRest = useEffectEvent(() => void rest.refresh());
  useEffect(() => {
    if (print && !isFirst) refreshRest();
  }, [print, isFirst]);

  const refresh = async () => {
    await Promise.all([live.refresh(), rest.refresh()]);
  };
  const counts = runCounts(progress);
  const part = { run, progress, details, rights, refresh };
  return (
    <>
      <PageHeader
        className="pb-4"
        title={run.name}
        trail={[{ label: 'Runs', href: '/runs' }]}
        stamp={<RunStamp status={progress.status} counts={counts} stalled={details.stalled !== null} size="md" />}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <span>
              <TextLink href={`/campaigns/${run.campaignId}`}>{run.campaignName}</TextLink>, version {run.versionNumber}
            </span>
            <span>
              launched by {run.launchedBy.name} <RelativeTime at={run.createdAt} />
            </span>
            {run.occurrence && (
              <TextLink href={`/campaigns/${run.campaignId}/occurrences`}>
                {run.occurrence.outOfTurn ? 'run once out of turn' : 'the occurrence of'}{' '}
                <RelativeTime at={run.occurrence.plannedAt} show="exact" />
              </TextLink>
            )}
            {run.rerunOf && (
              <span>
                repeats <TextLink href={`/runs/${run.rerunOf}`}>an earlier run</TextLink>
              </span>
            )}
            <Id value={run.id} of="run id" />
          </span>
        }
        actions={<RunControls {...part} />}
      />
      <div className="flex flex-col gap-10">
        <div className="flex flex-col gap-4">
          <p className="max-w-prose text-base">{runSentence(progress)}</p>
          <NowLine {...part} />
          <HoursLine {...part} />
          <LineNotice line={live.line} asOfMs={live.asOfMs} signInHref={`/sign-in?to=/runs/${run.id}`} />
          <RunNotices {...part} />
          <RunFacts {...part} />
        </div>
        <StepsSection {...part} />
        {progress.balanced && progress.audience > 0 && (
          <p className="-mt-6 flex items-center gap-2 text-ink-soft text-xs">
            <Check className="size-3.5 text-accepted-ink" aria-hidden="true" />
            {progress.steps.length > 1 ? 'Every step adds up to the audience.' : 'The numbers add up to the audience.'}
          </p>
        )}
        <DoubtsSection {...part} />
        <FailuresSection {...part} />
        <RateSection {...part} />
        <WavesSection {...part} />
        <PeopleSection {...part} />
        <TrailSection {...part} />
      </div>
    </>
  );
}

export interface RunPart {
  run: Wire<Run>;
  progress: Wire<RunProgress>;
  details: Wire<RunDetails>;
  rights: RunRights;
  /** Asks for everything again, after something was done. */
  refresh: () => Promise<void>;
}
