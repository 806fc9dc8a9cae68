import { campaignRowAnswer } from '@/app/api/v1/answers/campaigns';
import { madeAnswer, pageOf } from '@/app/api/v1/answers/common';

import { createCampaign, createCampaignSchema } from '@/lib/features/campaigns/create-campaign';
import { listCampaigns, listCampaignsSchema } from '@/lib/features/campaigns/list-campaigns';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Campaigns with their newest run',
  permission: 'campaigns.read',
  query: listCampaignsSchema,
  answer: pageOf(campaignRowAnswer),
  handle: ({ ctx, query }) => listCampaigns(ctx, query),
});

export const POST = route({
  summary: 'Make a draft campaign, empty unless a definition is given',
  permission: 'campaigns.write',
  body: createCampaignSchema,
  example: { name: 'Phone launch' },
  answer: madeAnswer,
  status: 201,
  handle: ({ ctx, body }) => createCampaign(ctx, body),
});
