import { z } from 'zod';

import { deactivateCampaign } from '@/lib/features/campaigns/activate-campaign';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Let a campaign recur, or start on its event, no more; runs under way go on',
  permission: 'campaigns.launch',
  params: z.object({ campaignId: z.string() }),
  status: 204,
  handle: ({ ctx, params }) => deactivateCampaign(ctx, params.campaignId),
});
