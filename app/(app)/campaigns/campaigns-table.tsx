import { StepKinds } from '@/components/campaigns/step-icon';
import { AudienceNumber } from '@/components/runs/audience-number';
import { RunStamp } from '@/components/runs/run-stamp';
import { StripCompact } from '@/components/strip/strip-compact';
import { type Column, DataTable } from '@/components/ui/data-table';
import { EmptyState } from '@/components/ui/empty-state';
import { Link } from '@/components/ui/link';
import { LinkButton } from '@/components/ui/link-button';
import { Num } from '@/components/ui/number';
import { NumberLink } from '@/components/ui/number-link';
import { Pagination } from '@/components/ui/pagination';
import { RelativeTime } from '@/components/ui/relative-time';
import { Stamp } from '@/components/ui/stamp';
import type { Wire } from '@/lib/domain/wire';
import type { CampaignRow } from '@/lib/features/campaigns/list-campaigns';
import { CampaignMenuButton } from './campaign-menu-button';

type Page = Wire<{ items: CampaignRow[]; nextCursor: string | null }>;
type Row = Page['items'][number];

export interface CampaignsTableProps {
  query: string;
  page: Page;
  canWrite: boolean;
}

const COLUMNS: Column<Row>[] = [
  {
    key: 'name',
    header: 'Campaign',
    width: '24%',
    cell: ({ name, nextAt }) => (
      <>
        {name}
        {nextAt && (
          <span className="block font-normal text-ink-faint text-xs">
            Next: <RelativeTime at={nextAt} show="exact" />
          </span>
        )}
      </>
    ),
  },
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
    cell: ({ lastRun }) =>
      lastRun ? <AudienceNumber runId={lastRun.id} audience={lastRun.audience} /> : <Num value={null} />,
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
        <NumberLink href={`/runs?campaignId=${id}`}>
          <Num value={runs} />
        </NumberLink>
      ),
  },
  { key: 'saved', header: 'Saved', width: '8rem', cell: ({ updatedAt }) => <RelativeTime at={updatedAt} /> },
];

/** One page of campaigns with the numbers of their last runs. */
export function CampaignsTable({ query, page, canWrite }: CampaignsTableProps) {
  const address = new URLSearchParams(query);
  const next = new URLSearchParams(address);
  if (page.nextCursor) next.set('cursor', page.nextCursor);
  const first = new URLSearchParams(address);
  first.delete('cursor');
  const actions: Column<Row> = {
    key: 'actions',
    header: 'Actions',
    stacked: 'corner',
    align: 'right',
    width: '4rem',
    cell: (row) => <CampaignMenuButton campaignId={row.id} name={row.name} isArchived={row.status === 'archived'} />,
  };
  return (
    <>
      <DataTable
        label="Campaigns"
        rows={page.items}
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
        nextHref={page.nextCursor && `/campaigns?${next}`}
      />
    </>
  );
}
