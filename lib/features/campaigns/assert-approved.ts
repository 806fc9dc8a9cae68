import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { audienceQueryOf, countAudienceIn } from '@/lib/features/audience/count-audience';
import { approvalThreshold, isApproved } from '@/lib/features/campaigns/approve-campaign';
import type { Campaign } from '@/lib/features/campaigns/get-campaign';

/** Throws `precondition` when the audience is large enough to need a second person and nobody has approved this revision. */
export async function assertApproved(tx: Tx, ctx: Ctx, campaign: Campaign): Promise<void> {
  if (isApproved(campaign)) return;
  const above = await approvalThreshold(tx, ctx.workspaceId);
  if (above === null) return;
  const { audience, flow } = campaign.draft;
  const query = await audienceQueryOf(tx, ctx.workspaceId, { audience, flow, campaignId: campaign.id });
  const count = await countAudienceIn(tx, query);
  if (count.audience <= above) return;
  throw new AppError(
    'precondition',
    `Nothing was launched. ${count.audience} people would get it, and above ${above} a second person must approve first.`,
  );
}
