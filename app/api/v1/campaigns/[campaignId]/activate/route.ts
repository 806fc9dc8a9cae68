import { z } from 'zod';
import { maybeTime } from '@/app/api/v1/answers/common';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { activateCampaign, activateCampaignSchema } from '@/lib/features/campaigns/activate-campaign';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Let a campaign recur, or start on its event, from now on, as its draft is now',
  permission: 'campaigns.launch',
  params: z.object({ campaignId: z.string() }),
  body: activateCampaignSchema.omit({ campaignId: true }),
  sample: { revision: 1 },
  answer: z.object({
    versionId: z.string(),
    event: z.string().nullable().describe('What it starts on, if it starts on an event'),
    nextAt: maybeTime.describe('The first occurrence, if it recurs'),
  }),
  handle: async ({ ctx, params, body }) => {
    await requireSandboxForTestKey(ctx, params);
    return await activateCampaign(ctx, { ...params, ...body });
  },
});
