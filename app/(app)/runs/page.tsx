import type { Metadata } from 'next';
import { z } from 'zod';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton, TextLink } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { toWire } from '@/lib/domain/wire';
import { browseRuns, RUN_FILTERS, RUN_SORTS } from '@/lib/features/runs/browse-runs';
import { MovingRuns } from './moving-runs';
import { RunsFilter } from './runs-filter';
import { runsPauseMs } from './runs-pause';
import { RunsTable } from './runs-table';

export const metadata: Metadata = { title: 'Runs' };

const addressSchema = z.object({
  q: z.string().max(120).optional().catch(undefined),
  filter: z.enum(RUN_FILTERS).optional().catch(undefined),
  sort: z.enum(RUN_SORTS).optional().catch(undefined),
  direction: z.enum(['asc', 'desc']).optional().catch(undefined),
  campaignId: z.string().max(60).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function RunsPage({ searchParams }: Props) {
  const ctx = await requirePermission('runs.read');
  const address = addressSchema.parse(await searchParams);
  const page = await browseRuns(ctx, address);
  const isFiltered = Boolean(address.q || address.filter || address.campaignId);
  const query = new URLSearchParams(Object.entries(address).filter(([, value]) => value !== undefined)).toString();
  const table = { query, page: toWire(page) };
  return (
    <>
      <PageHeader
        title="Runs"
        description={
          address.campaignId ? (
            <>
              Only the runs of <TextLink href={`/campaigns/${address.campaignId}`}>one campaign</TextLink>.{' '}
              <TextLink href="/runs">Show every run</TextLink>
            </>
          ) : (
            'Every dispatch of a campaign, with the account it gives of every contact.'
          )
        }
      />
      {page.totals.runs === 0 && !isFiltered ? (
        <EmptyState
          title="Nothing has been sent yet"
          action={
            <LinkButton variant="primary" href="/campaigns">
              Go to campaigns
            </LinkButton>
          }
        >
          A run appears here the moment a campaign is launched, and stays with its numbers for good.
        </EmptyState>
      ) : (
        <>
          <RunsFilter q={address.q} filter={address.filter} />
          <MovingRuns key={query} pauseMs={runsPauseMs(page.items.map(({ status }) => status))} {...table}>
            <RunsTable {...table} />
          </MovingRuns>
        </>
      )}
    </>
  );
}
