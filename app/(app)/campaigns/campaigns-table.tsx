'use client';

import Link from 'next/link';
import { StepKinds } from '@/components/campaigns/step-icon';
import { LineNotice } from '@/components/runs/line-notice';
import { RunStamp } from '@/components/runs/run-stamp';
import { usePoll } from '@/components/runs/use-poll';
import { StripCompact } from '@/components/strip/strip-compact';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import { isTerminal } from '@/lib/domain/run';
import type { Wire } from '@/lib/domain/wire';
import type { CampaignRow } from '@/lib/features/campaigns/list-campaigns';
import { CampaignMenu } from './campaign-menu';

type Page = Wire<{ items: CampaignRow[]; nextCursor: string | null }>;
type Row = Page['items'][number];

interface CampaignsTableProps {
  query: string;
  initial: Page;
  canWrite: boolean;
}

const LIVE_MS = 2_000;
const QUIET_MS = 15_000;

const COLUMNS: Column<Row>[] = [
  { key: 'name', header: 'Campaign', width: '24%', cell: ({ name }) => name },
  { key: 'steps', header: 'Steps', width: '9rem', from: 'lg', cell: ({ steps }) => <StepKinds kinds={steps} /> },
  {
    key: 'state',
    header: 'Last run',
    width: '14rem',
    cell: ({ status, lastRun }) =>
      lastRun ? (
        <Link href={`/runs/${lastRun.id}`} className="relative z-10 rounded-xs">
          <RunStamp status={lastRun.status} counts={lastRun.counts} />
        </Link>
      ) : (
        <Stamp status={status} />
      ),
  },
  {
    key: 'strip',
    header: 'Outcome',
    width: '22%',
    cell: ({ lastRun }) =>
      lastRun ? <StripCompact counts={lastRun.counts} bare /> : <span className="text-ink-faint">Not sent yet</span>,
  },
  {
    key: 'audience',
    header: 'Audience',
    align: 'right',
    width: '6rem',
    cell: ({ lastRun }) => <Num value={lastRun?.audience} faintZero />,
  },
  {
    key: 'runs',
    header: 'Runs',
    align: 'right',
    width: '5rem',
    from: 'lg',
    cell: ({ id, runs }) =>
      runs === 0 ? (
        <Num value={0} faintZero />
      ) : (
        <Link href={`/runs?campaignId=${id}`} className="relative z-10 rounded-xs hover:text-link hover:underline">
          <Num value={runs} />
        </Link>
      ),
  },
  { key: 'saved', header: 'Saved', width: '8rem', cell: ({ updatedAt }) => <RelativeTime at={updatedAt} /> },
];

/** One page of campaigns; the numbers of their last runs move while one is under way. */
export function CampaignsTable({ query, initial, canWrite }: CampaignsTableProps) {
  const { data, line, asOfMs } = usePoll({
    url: `/api/v1/campaigns?${query}`,
    initial,
    everyMs: ({ items }) => {
      const last = items.flatMap(({ lastRun }) => (lastRun ? [lastRun.status] : []));
      if (last.some((status) => status === 'queuing' || status === 'sending')) return LIVE_MS;
      return last.some((status) => !isTerminal(status)) ? QUIET_MS : false;
    },
  });
  const address = new URLSearchParams(query);
  const next = new URLSearchParams(address);
  if (data.nextCursor) next.set('cursor', data.nextCursor);
  const first = new URLSearchParams(address);
  first.delete('cursor');
  const actions: Column<Row> = {
    key: 'actions',
    header: 'Actions',
    align: 'right',
    width: '4rem',
    cell: (row) => <CampaignMenu campaignId={row.id} name={row.name} isArchived={row.status === 'archived'} />,
  };
  return (
    <>
      <LineNotice line={line} asOfMs={asOfMs} signInHref="/sign-in?to=/campaigns" />
      <DataTable
        label="Campaigns"
        rows={data.items}
        rowKey={({ id }) => id}
        rowHref={({ id }) => `/campaigns/${id}`}
        empty={
          <EmptyState
            kind="filtered"
            title="No campaign matches"
            action={<LinkButton href="/campaigns">Show all campaigns</LinkButton>}
          />
        }
        columns={canWrite ? [...COLUMNS, actions] : COLUMNS}
      />
      <Pagination
        previousHref={address.has('cursor') ? `/campaigns?${first}` : null}
        nextHref={data.nextCursor && `/campaigns?${next}`}
      />
    </>
  );
}
