import { z } from 'zod';
import { launchAnswer } from '@/app/api/v1/answers/campaigns';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { dryRunLaunch } from '@/lib/features/campaigns/dry-run-launch';
import { launchCampaign, launchCampaignSchema } from '@/lib/features/campaigns/launch-campaign';
import { route } from '@/lib/http/route';
import { sendRunLaunched } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Launch a campaign: one run per revision or occurrenceKey, however often it is asked for',
  permission: 'campaigns.launch',
  params: z.object({ campaignId: z.string() }),
  body: launchCampaignSchema.omit({ campaignId: true }).extend({
    dryRun: z.boolean().default(false).describe('Says what would stop it and how many people it would reach'),
  }),
  sample: { revision: 1, dryRun: true },
  answer: launchAnswer,
  status: 202,
  handle: async ({ ctx, params, body: { dryRun, ...asked } }) => {
    if (dryRun) return { dryRun: true, ...(await dryRunLaunch(ctx, params.campaignId)) };
    await requireSandboxForTestKey(ctx, params);
    const launched = await launchCampaign(ctx, { ...asked, ...params });
    if (!launched.already) await sendRunLaunched({ workspaceId: ctx.workspaceId, runId: launched.runId });
    return { dryRun: false, ...launched };
  },
});
