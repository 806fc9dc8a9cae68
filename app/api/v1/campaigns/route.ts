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
  example: {
    name: 'Usage reminder',
    draft: {
      audience: {},
      policy: {},
      notify: {},
      schedule: {
        kind: 'recurring',
        repeat: { unit: 'week', every: 1, on: ['monday', 'thursday'] },
        times: ['09:00'],
        timeZone: 'Asia/Singapore',
        end: { kind: 'on', day: '2027-03-31' },
      },
    },
  },
  answer: madeAnswer,
  status: 201,
  handle: ({ ctx, body }) => createCampaign(ctx, body),
});
