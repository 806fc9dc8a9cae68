import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { FieldIssue } from '@/lib/errors';
import { type AudienceCount, audienceQueryOf, countAudienceIn } from '@/lib/features/audience/count-audience';
import { criticalFindings } from '@/lib/features/campaigns/critical-findings';
import { findCampaign } from '@/lib/features/campaigns/get-campaign';

/** What stops a launch, and whom it would reach as things are now; nothing is written. Throws `not_found`. */
export async function dryRunLaunch(
  ctx: Ctx,
  campaignId: string,
): Promise<{ revision: number; findings: FieldIssue[]; audience: AudienceCount | null }> {
  authorise(ctx, 'campaigns.launch');
  return withTx(ctx, async (tx) => {
    const campaign = await findCampaign(tx, ctx.workspaceId, campaignId);
    const findings = await criticalFindings(tx, ctx.workspaceId, campaign);
    const { audience, flow } = campaign.draft;
    const isCountable = !findings.some(({ path }) => path.startsWith('audience'));
    const query = isCountable ? await audienceQueryOf(tx, ctx.workspaceId, { audience, flow, campaignId }) : null;
    return {
      revision: campaign.revision,
      findings: findings.map(({ path, message }) => ({ path, message })),
      audience: query && (await countAudienceIn(tx, query)),
    };
  });
}
