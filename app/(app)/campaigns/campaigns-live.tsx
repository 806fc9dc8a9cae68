'use client';

import { runsPauseMs } from '@/app/(app)/runs/runs-pause';
import { LineNotice } from '@/components/runs/line-notice';
import { usePoll } from '@/components/runs/use-poll';
import { CampaignsTable, type CampaignsTableProps } from './campaigns-table';

/** One page of campaigns; the numbers of their last runs move while one is under way. */
export function CampaignsLive({ query, page, canWrite }: CampaignsTableProps) {
  const { data, line, asOfMs } = usePoll({
    url: `/api/v1/campaigns?${query}`,
    initial: page,
    everyMs: ({ items }) => runsPauseMs(items.flatMap(({ lastRun }) => lastRun?.status ?? [])),
  });
  return (
    <>
      <LineNotice line={line} asOfMs={asOfMs} signInHref="/sign-in?to=/campaigns" />
      <CampaignsTable query={query} page={data} canWrite={canWrite} />
    </>
  );
}
