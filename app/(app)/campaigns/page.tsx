import { Plus } from 'lucide-react';
import type { Metadata } from 'next';
import { z } from 'zod';
import { runsPauseMs } from '@/app/(app)/runs/runs-pause';
import { ListFilter } from '@/components/contacts/list-filter';
import { EmptyState } from '@/components/ui/empty-state';
import { LinkButton } from '@/components/ui/link-button';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { listCampaigns } from '@/lib/features/campaigns/list-campaigns';
import { CampaignsTable } from './campaigns-table';
import { MovingCampaigns } from './moving-campaigns';

export const metadata: Metadata = { title: 'Campaigns' };

const addressSchema = z.object({
  q: z.string().max(120).optional().catch(undefined),
  status: z.enum(['draft', 'active', 'archived']).optional().catch(undefined),
  cursor: z.string().max(1000).optional().catch(undefined),
});

interface Props {
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CampaignsPage({ searchParams }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const address = addressSchema.parse(await searchParams);
  const page = await listCampaigns(ctx, address);
  const canWrite = may(ctx, 'campaigns.write');
  const isFirst = page.items.length === 0 && !address.q && !address.status && !address.cursor;
  const create = canWrite && (
    <LinkButton variant="primary" href="/campaigns/new">
      <Plus /> New campaign
    </LinkButton>
  );
  const query = new URLSearchParams(Object.entries(address).filter(([, value]) => value !== undefined)).toString();
  const table = { query, page: toWire(page), canWrite };
  return (
    <>
      <PageHeader
        title="Campaigns"
        description="What we say, to whom, and when. Each launch becomes a run that accounts for everybody."
        actions={!isFirst && create}
      />
      {isFirst ? (
        <EmptyState title="No campaigns yet" action={create}>
          A campaign says who gets what and when. Nothing is sent before you have looked at the pre-flight and launched
          it.
        </EmptyState>
      ) : (
        <>
          <ListFilter
            search={{ label: 'Search campaigns', placeholder: 'Name', value: address.q }}
            selects={[
              {
                param: 'status',
                label: 'State',
                value: address.status,
                all: 'Drafts and active',
                options: [
                  { value: 'draft', label: 'Drafts' },
                  { value: 'active', label: 'Active' },
                  { value: 'archived', label: 'Archived' },
                ],
              },
            ]}
          />
          <MovingCampaigns
            key={query}
            pauseMs={runsPauseMs(page.items.flatMap(({ lastRun }) => lastRun?.status ?? []))}
            {...table}
          >
            <CampaignsTable {...table} />
          </MovingCampaigns>
        </>
      )}
    </>
  );
}
