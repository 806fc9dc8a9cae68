import type { Metadata } from 'next';
import { LiveData } from '@/components/shell/live-data';
import { requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { getCampaign } from '@/lib/features/campaigns/get-campaign';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { orNotFound } from '@/lib/http/or-not-found';
import { OccurrencesLive } from './occurrences-live';

export const metadata: Metadata = { title: 'Occurrences' };

interface Props {
  params: Promise<{ campaignId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function OccurrencesPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { campaignId } = await params;
  const { before } = await searchParams;
  const campaign = await orNotFound(getCampaign(ctx, campaignId));
  const from = typeof before === 'string' && !Number.isNaN(Date.parse(before)) ? new Date(before).toISOString() : null;
  const initial = await listOccurrences(ctx, { campaignId, ...(from && { before: from }) });
  return (
    <LiveData>
      <OccurrencesLive
        key={from}
        campaignId={campaignId}
        name={campaign.name}
        draftRecurs={campaign.draft.schedule.kind === 'recurring' && campaign.status !== 'archived'}
        before={from}
        initial={toWire(initial)}
        mayLaunch={may(ctx, 'campaigns.launch')}
      />
    </LiveData>
  );
}
