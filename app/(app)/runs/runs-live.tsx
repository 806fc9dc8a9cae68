'use client';

import { LineNotice } from '@/components/runs/line-notice';
import { usePoll } from '@/components/runs/use-poll';
import { runsPauseMs } from './runs-pause';
import { RunsTable, type RunsTableProps } from './runs-table';

/** One page of runs; its numbers move while one of them is under way. */
export function RunsLive({ query, page }: RunsTableProps) {
  const { data, line, asOfMs } = usePoll({
    url: `/api/v1/runs?${query}`,
    initial: page,
    everyMs: ({ items }) => runsPauseMs(items.map(({ status }) => status)),
  });
  return (
    <>
      <LineNotice line={line} asOfMs={asOfMs} signInHref="/sign-in?to=/runs" />
      <RunsTable query={query} page={data} />
    </>
  );
}
