import { z } from 'zod';
import { campaignAnswer } from '@/app/api/v1/answers/campaigns';
import { revisionAnswer } from '@/app/api/v1/answers/common';

import { archiveCampaign } from '@/lib/features/campaigns/archive-campaign';
import { getCampaign } from '@/lib/features/campaigns/get-campaign';
import { updateCampaign, updateCampaignSchema } from '@/lib/features/campaigns/update-campaign';
import { changeIfMatch, withEtag } from '@/lib/http/if-match';
import { route } from '@/lib/http/route';

const params = z.object({ campaignId: z.string() });

export const GET = route({
  summary: 'A campaign with its definition; its ETag is its revision',
  permission: 'campaigns.read',
  params,
  answer: campaignAnswer,
  hasRevision: true,
  handle: async ({ ctx, params }) => withEtag(await getCampaign(ctx, params.campaignId)),
});

export const PATCH = route({
  summary: 'Save a draft; needs If-Match or “revision”',
  permission: 'campaigns.write',
  params,
  body: updateCampaignSchema.omit({ campaignId: true }).partial({ revision: true }),
  sample: { revision: 1, name: 'Spring launch' },
  answer: revisionAnswer,
  hasRevision: true,
  handle: async ({ ctx, params, body, request }) => {
    const change = (revision: number) => updateCampaign(ctx, { ...body, ...params, revision });
    return withEtag(await changeIfMatch(request, body.revision, () => getCampaign(ctx, params.campaignId), change));
  },
});

export const DELETE = route({
  summary: 'Archive a campaign; its runs and reports stay',
  permission: 'campaigns.write',
  params,
  status: 204,
  handle: ({ ctx, params }) => archiveCampaign(ctx, params),
});
