'use client';

import { LineNotice } from '@/components/runs/line-notice';
import { usePoll } from '@/components/runs/use-poll';
import { EmptyState } from '@/components/ui/empty-state';
import { Facts } from '@/components/ui/facts';
import { LinkButton } from '@/components/ui/link-button';
import { Notice } from '@/components/ui/notice';
import { formatNumber } from '@/components/ui/number';
import { PageHeader } from '@/components/ui/page-header';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { durationWords } from '@/lib/domain/campaign-flow';
import type { Wire } from '@/lib/domain/wire';
import type { Occurrences } from '@/lib/features/occurrences/list-occurrences';
import { ComingSection } from './coming-section';
import { OccurrenceControls } from './occurrence-controls';
import { PastSection } from './past-section';

const EVERY_MS = 5_000;
/** The page is asked for a moment after an occurrence should have begun. */
const OVERDUE_MS = 2 * 60_000;

export type OccurrencesWire = Wire<Occurrences>;

interface OccurrencesLiveProps {
  campaignId: string;
  name: string;
  /** The draft is one that recurs, so that activating it makes sense. */
  draftRecurs: boolean;
  before: string | null;
  initial: OccurrencesWire;
  mayLaunch: boolean;
}

const OVERLAP = {
  skip: 'the next is left out',
  wait: 'the next waits for its turn',
  start: 'the next starts all the same',
} as const;

function expectedWords({ volume, doneWithinMs }: NonNullable<OccurrencesWire['recurrence']>['expect']): string {
  const parts = [
    volume &&
      `${formatNumber(Math.round(volume.least * 100))}% to ${formatNumber(Math.round(volume.most * 100))}% of the usual audience`,
    doneWithinMs !== undefined && `done within ${durationWords(doneWithinMs)}`,
  ].filter(Boolean);
  return parts.length > 0 ? parts.join(', ') : 'that it starts, with somebody in the audience';
}

/** When a recurring campaign comes next, what became of each time before, and what can be done about both. */
export function OccurrencesLive(props: OccurrencesLiveProps) {
  const { campaignId, name, draftRecurs, before, initial, mayLaunch } = props;
  const query = before ? `?before=${encodeURIComponent(before)}` : '';
  const url = `/api/v1/campaigns/${campaignId}/occurrences${query}`;
  const { data, line, asOfMs, refresh } = usePoll({ url, initial, everyMs: () => EVERY_MS });
  const { recurrence, coming, past } = data;
  const isActive = recurrence?.status === 'active';
  const overdue = recurrence?.nextAt && asOfMs - Date.parse(recurrence.nextAt) > OVERDUE_MS ? recurrence.nextAt : null;
  const change = async () => void (await refresh());
  return (
    <>
      <PageHeader
        title="Occurrences"
        trail={[
          { label: 'Campaigns', href: '/campaigns' },
          { label: name, href: `/campaigns/${campaignId}` },
        ]}
        stamp={
          recurrence && (
            <Stamp
              size="md"
              status={isActive ? 'active' : 'archived'}
              label={isActive ? 'Recurs' : recurrence.status === 'ended' ? 'Ended' : 'Deactivated'}
            />
          )
        }
        description={recurrence ? `${recurrence.words}.` : undefined}
        actions={
          mayLaunch &&
          (recurrence || draftRecurs) && (
            <OccurrenceControls campaignId={campaignId} data={data} draftRecurs={draftRecurs} refresh={change} />
          )
        }
      />
      {!recurrence ? (
        <EmptyState
          title="It has never been activated"
          action={
            <LinkButton href={`/campaigns/${campaignId}#when`}>
              {draftRecurs ? 'See when it would go' : 'Choose when it goes'}
            </LinkButton>
          }
        >
          A campaign that goes again and again is activated once. Then its coming and past occurrences stand here.
        </EmptyState>
      ) : (
        <div className="flex flex-col gap-10">
          <div className="flex flex-col gap-4">
            <LineNotice line={line} asOfMs={asOfMs} signInHref={`/sign-in?to=/campaigns/${campaignId}/occurrences`} />
            {overdue && (
              <Notice
                live
                tone="attention"
                title={
                  <>
                    It should have started at <RelativeTime at={overdue} show="exact" />
                  </>
                }
                actions={
                  <LinkButton size="sm" href="/health">
                    Look at Health
                  </LinkButton>
                }
              >
                Nothing that could start it is running, or it cannot be started. Nothing was sent.
              </Notice>
            )}
            {isActive && recurrence.isDraftNewer && (
              <Notice title="The draft was changed since">
                Version {recurrence.version} goes out until it is activated again.
              </Notice>
            )}
            <Facts
              facts={[
                {
                  label: 'Next',
                  value: recurrence.nextAt ? <RelativeTime at={recurrence.nextAt} show="exact" /> : '–',
                  note: recurrence.nextAt ? <RelativeTime at={recurrence.nextAt} /> : 'nothing comes any more',
                },
                {
                  label: isActive ? 'Active since' : 'Was active from',
                  value: <RelativeTime at={recurrence.activatedAt} show="exact" />,
                  note: `version ${recurrence.version}, by ${recurrence.activatedBy.name}`,
                },
                { label: 'While one is under way', value: OVERLAP[recurrence.overlap] },
                { label: 'Expected of each', value: expectedWords(recurrence.expect) },
              ]}
            />
          </div>
          {isActive && <ComingSection campaignId={campaignId} coming={coming} mayLaunch={mayLaunch} refresh={change} />}
          <PastSection
            campaignId={campaignId}
            isActive={isActive}
            past={past}
            before={before}
            nextBefore={data.nextBefore}
          />
        </div>
      )}
    </>
  );
}
