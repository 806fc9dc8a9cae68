import type { Metadata } from 'next';
import { PageHeader } from '@/components/ui/page-header';
import { requirePermission } from '@/lib/auth/current';
import { campaignChoices } from '@/lib/features/campaigns/campaign-choices';
import { NewCampaignForm } from './new-campaign-form';

export const metadata: Metadata = { title: 'New campaign' };

export default async function NewCampaignPage() {
  const ctx = await requirePermission('campaigns.write');
  const { campaigns } = await campaignChoices(ctx);
  return (
    <>
      <PageHeader
        title="New campaign"
        trail={[{ label: 'Campaigns', href: '/campaigns' }]}
        description="A name that colleagues recognise; customers never see it. It can be changed at any time."
      />
      <NewCampaignForm campaigns={campaigns.filter(({ gone }) => !gone).map(({ id, name }) => ({ id, name }))} />
    </>
  );
}
