'use client';

import { LineNotice } from '@/components/runs/line-notice';
import { usePoll } from '@/components/runs/use-poll';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import type { Wire } from '@/lib/domain/wire';
import type { HealthPage } from '@/lib/features/health/health-page';
import { EngineSection } from './engine-section';
import { ProvidersSection } from './providers-section';
import { QueueSection } from './queue-section';
import { RecurringSection } from './recurring-section';
import { WorkersSection } from './workers-section';

const EVERY_MS = 4_000;

interface HealthLiveProps {
  initial: Wire<HealthPage>;
  mayManage: boolean;
}

/** The state of the machinery in one sentence: the worst thing that is true. */
function verdict({ stalled, workers, providers, database, recurring }: Wire<HealthPage>): {
  ok: boolean;
  words: string;
} {
  const alive = workers.filter(({ state }) => state === 'alive').length;
  if (database.readOnly) return { ok: false, words: 'The database takes no writes, so nothing can be sent.' };
  if (alive === 0) return { ok: false, words: 'No worker is running. Whatever is due waits until one is started.' };
  if (stalled.length > 0)
    return { ok: false, words: stalled.length === 1 ? 'One run is stalled.' : `${stalled.length} runs are stalled.` };
  const overdue = recurring.filter(({ isOverdue }) => isOverdue);
  const [late] = overdue;
  if (late) {
    const words = overdue.length === 1 ? `${late.name} has not` : `${overdue.length} recurring campaigns have not`;
    return { ok: false, words: `${words} started at the planned time.` };
  }
  const held = providers.filter(({ breakerState }) => breakerState !== 'closed').length;
  if (held > 0)
    return { ok: false, words: held === 1 ? 'One provider is held back.' : `${held} providers are held back.` };
  return {
    ok: true,
    words: `Everything runs: ${alive === 1 ? 'one worker' : `${alive} workers`}, no provider held back, nothing stalled.`,
  };
}

export function HealthLive({ initial, mayManage }: HealthLiveProps) {
  const { data, line, asOfMs } = usePoll({ url: '/api/v1/health', initial, everyMs: () => EVERY_MS });
  const { ok, words } = verdict(data);
  return (
    <>
      <PageHeader
        title="Health"
        stamp={<Stamp size="md" status={ok ? 'active' : 'stalled'} label={ok ? 'Well' : 'Needs attention'} />}
        description={words}
      />
      <div className="flex flex-col gap-10">
        <div className="flex flex-col gap-3 empty:hidden">
          <LineNotice line={line} asOfMs={asOfMs} signInHref="/sign-in?to=/health" />
          {data.stalled.map((run) => (
            <Notice
              key={run.runId}
              live
              tone="attention"
              title={
                <>
                  {run.name} is stalled since <RelativeTime at={run.since} show="exact" /> because {run.because}
                </>
              }
              actions={
                <LinkButton size="sm" href={`/runs/${run.runId}`}>
                  Open the run
                </LinkButton>
              }
            >
              Nothing was lost. It goes on by itself once the cause is gone.
            </Notice>
          ))}
        </div>
        <QueueSection queue={data.queue} />
        <RecurringSection recurring={data.recurring} />
        <WorkersSection workers={data.workers} />
        <ProvidersSection providers={data.providers} mayManage={mayManage} />
        <EngineSection engine={data.engine} database={data.database} />
      </div>
    </>
  );
}
