'use client';

import { useQuery } from '@tanstack/react-query';
import { LoaderCircle } from 'lucide-react';
import { useDebounced } from '@/components/segments/use-debounced';
import { failureOf } from '@/components/shell/failure-of';
import { sendJson } from '@/components/shell/read-json';
import { cn } from '@/components/ui/cn';
import { Notice } from '@/components/ui/notice';
import { counted } from '@/components/ui/number';
import { Skeleton } from '@/components/ui/skeleton';
import { Waterfall } from '@/components/ui/waterfall';
import type { CampaignDraft } from '@/lib/domain/campaign';
import { REASON_LABELS, type SkipReason } from '@/lib/domain/delivery';
import type { AudienceCount } from '@/lib/features/audience/count-audience';

const TYPING_PAUSE_MS = 400;

/** Whom the draft on the screen would reach, counted anew whenever it changes. */
export function useAudienceCount(campaignId: string, draft: CampaignDraft) {
  const flow = draft.flow.map((step) => ({ kind: step.kind, continueWhen: step.continueWhen }));
  const asked = JSON.stringify({ audience: draft.audience, flow, campaignId });
  const settled = useDebounced(asked, TYPING_PAUSE_MS);
  const query = useQuery({
    queryKey: ['audience', settled],
    queryFn: ({ signal }) => sendJson<AudienceCount>('/api/v1/campaigns/audience', JSON.parse(settled), { signal }),
    placeholderData: (before) => before,
    staleTime: 30_000,
  });
  const isOld = asked !== settled || query.isFetching;
  // the number of an audience that named nobody says nothing about the one that does
  const isMeaningless = isOld && query.data?.listTotal === 0 && draft.audience.include.length > 0;
  return { count: isMeaningless ? undefined : query.data, error: failureOf(query), isOld };
}

export function waterfallOf(count: AudienceCount) {
  return count.excluded.map(({ reason, n }) => ({
    reason,
    label: REASON_LABELS[reason as SkipReason] ?? reason,
    count: n,
  }));
}

interface AudiencePanelProps {
  draft: CampaignDraft;
  count: AudienceCount | undefined;
  error: Error | null;
  isOld: boolean;
}

/** From everybody named to everybody reached, line by line. */
export function AudiencePanel({ draft, count, error, isOld }: AudiencePanelProps) {
  const { include } = draft.audience;
  const [only] = include;
  const href =
    include.length !== 1 || !only
      ? undefined
      : only.kind === 'everyone'
        ? '/contacts'
        : only.kind === 'list'
          ? `/lists/${only.id}`
          : `/segments/${only.id}/contacts`;
  return (
    <section id="audience" aria-labelledby="audience-title" className="flex flex-col gap-3">
      <h2 id="audience-title" className="flex items-center gap-2 font-semibold text-base">
        Audience now
        {isOld && <LoaderCircle className="size-3.5 animate-spin text-ink-faint" aria-hidden="true" />}
      </h2>
      {error && (
        <Notice tone="failed" title="The audience could not be counted" live>
          {error.message}
        </Notice>
      )}
      {!count && !error && (
        <div className="flex flex-col gap-3 border-ink border-t py-3" aria-hidden="true">
          <Skeleton className="w-full" />
          <Skeleton className="w-4/5" />
          <Skeleton className="w-full" />
        </div>
      )}
      {count && include.length === 0 && (
        <p className="border-ink border-t py-3 text-ink-soft">Add a list or segment to see whom this reaches.</p>
      )}
      {count && include.length > 0 && (
        <div className={cn('transition-opacity [&_td:nth-child(2)]:hidden', isOld && 'opacity-60')}>
          <Waterfall
            from={{ label: 'In the lists and segments', count: count.listTotal, ...(href && { href }) }}
            exclusions={waterfallOf(count)}
            audience={{ label: 'Would get it', count: count.audience }}
          />
        </div>
      )}
      <p className="sr-only" role="status">
        {count && !isOld ? `${counted(count.audience, 'person', 'people')} would get it.` : ''}
      </p>
    </section>
  );
}
