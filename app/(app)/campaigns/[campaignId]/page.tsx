import type { Metadata } from 'next';
import { LiveData } from '@/components/shell/live-data';
import { Notice } from '@/components/ui/notice';
import { requireMember, requirePermission } from '@/lib/auth/current';
import { may } from '@/lib/context';
import { toWire } from '@/lib/domain/wire';
import { campaignChoices } from '@/lib/features/campaigns/campaign-choices';
import { getCampaign } from '@/lib/features/campaigns/get-campaign';
import { lastRunOf } from '@/lib/features/campaigns/last-run-of';
import { namesOfContacts } from '@/lib/features/campaigns/names-of-contacts';
import { listOccurrences } from '@/lib/features/occurrences/list-occurrences';
import { orNotFound } from '@/lib/http/or-not-found';
import { RestoreButton } from '../restore-button';
import { Builder } from './builder';

export const metadata: Metadata = { title: 'Campaign' };

interface Props {
  params: Promise<{ campaignId: string }>;
  searchParams: Promise<Record<string, string | string[] | undefined>>;
}

export default async function CampaignPage({ params, searchParams }: Props) {
  const ctx = await requirePermission('campaigns.read');
  const { campaignId } = await params;
  const { step } = await searchParams;
  const campaign = await orNotFound(getCampaign(ctx, campaignId));
  const [choices, seeds, lastRun, { recurrence }, { signedIn }] = await Promise.all([
    campaignChoices(ctx),
    namesOfContacts(ctx, campaign.draft.notify.seedContactIds),
    lastRunOf(ctx, campaignId),
    listOccurrences(ctx, { campaignId, coming: 0, limit: 1 }),
    requireMember(),
  ]);
  const canWrite = may(ctx, 'campaigns.write');
  const isArchived = campaign.status === 'archived';
  return (
    <LiveData>
      {isArchived && (
        <Notice
          className="mb-6"
          title="This campaign is archived"
          actions={canWrite && <RestoreButton campaignId={campaignId} />}
        >
          It cannot be changed or launched. Its runs and reports stay.
        </Notice>
      )}
      <Builder
        key={`${campaign.id} ${campaign.status === 'archived'}`}
        campaignId={campaign.id}
        status={campaign.status}
        initial={{ name: campaign.name, draft: campaign.draft, revision: campaign.revision }}
        choices={choices}
        seeds={seeds}
        canEdit={canWrite && !isArchived}
        canManageSenders={may(ctx, 'providers.manage')}
        ownEmail={signedIn.user.email}
        openStep={typeof step === 'string' ? step : null}
        lastRun={lastRun}
        recurrence={toWire(recurrence)}
      />
    </LiveData>
  );
}
