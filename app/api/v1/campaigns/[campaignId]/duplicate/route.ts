import { z } from 'zod';
import { madeAnswer } from '@/app/api/v1/answers/common';

import { duplicateCampaign, duplicateCampaignSchema } from '@/lib/features/campaigns/duplicate-campaign';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Make a draft with the definition of another campaign',
  permission: 'campaigns.write',
  params: z.object({ campaignId: z.string() }),
  body: duplicateCampaignSchema.omit({ campaignId: true }),
  sample: { name: 'Spring launch, second try' },
  answer: madeAnswer,
  status: 201,
  handle: ({ ctx, params, body }) => duplicateCampaign(ctx, { ...params, ...body }),
});
