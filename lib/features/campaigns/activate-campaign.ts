import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { criticalFindings } from '@/lib/features/campaigns/critical-findings';
import { findCampaign } from '@/lib/features/campaigns/get-campaign';
import { insertVersion } from '@/lib/features/campaigns/launch-campaign';
import { recordAudit } from '@/lib/features/history/record-audit';

export const activateCampaignSchema = z.object({
  campaignId: z.string(),
  /** The revision the person saw. */
  revision: z.number().int().optional(),
});

/**
 * Lets a campaign start on its event from now on, with the draft as it is now; later changes count from the next
 * activation. Throws `precondition` when it has another schedule or a critical finding, `conflict` when it was changed.
 */
export async function activateCampaign(
  ctx: Ctx,
  input: z.input<typeof activateCampaignSchema>,
): Promise<{ versionId: string; event: string }> {
  authorise(ctx, 'campaigns.launch');
  const { campaignId, revision } = parseInput(activateCampaignSchema, input);
  return withTx(ctx, async (tx) => {
    await tx.sql`select 1 from campaigns where workspace_id = ${ctx.workspaceId} and id = ${campaignId} for update`;
    const campaign = await findCampaign(tx, ctx.workspaceId, campaignId);
    if (revision !== undefined && revision !== campaign.revision) {
      throw new AppError('conflict', 'The campaign was changed since you looked at it. Nothing was activated.');
    }
    const { schedule } = campaign.draft;
    if (schedule.kind !== 'event' || campaign.status === 'archived') {
      throw new AppError('precondition', 'Only a campaign that starts on an event is activated. Nothing was changed.');
    }
    const findings = await criticalFindings(tx, ctx.workspaceId, campaign);
    if (findings.length > 0) {
      const text = findings.map((finding) => finding.message).join(' ');
      throw new AppError('precondition', `Nothing was activated. ${text}`, { issues: findings });
    }
    const versionId = await insertVersion(tx, ctx, campaign);
    await tx.sql`update campaigns set status = 'active' where workspace_id = ${ctx.workspaceId} and id = ${campaignId}`;
    await recordAudit(tx, ctx, {
      action: 'campaign.activated',
      subjectType: 'campaign',
      subjectId: campaignId,
      data: { versionId, event: schedule.event },
    });
    return { versionId, event: schedule.event };
  });
}

/** Ends the starting on events; runs under way go on. Doing it twice changes nothing more. Throws `not_found`. */
export async function deactivateCampaign(ctx: Ctx, campaignId: string): Promise<void> {
  authorise(ctx, 'campaigns.launch');
  await withTx(ctx, async (tx) => {
    const campaign = await findCampaign(tx, ctx.workspaceId, campaignId);
    if (campaign.draft.schedule.kind !== 'event') {
      throw new AppError(
        'precondition',
        'Only a campaign that starts on an event is deactivated. Nothing was changed.',
      );
    }
    const changed = await tx.sql`
      update campaigns set status = 'draft'
      where workspace_id = ${ctx.workspaceId} and id = ${campaignId} and status = 'active'`;
    if (changed.count === 0) return;
    await recordAudit(tx, ctx, { action: 'campaign.deactivated', subjectType: 'campaign', subjectId: campaignId });
  });
}
