import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import type { Recurrence } from '@/lib/domain/recurrence';
import { AppError } from '@/lib/errors';
import { assertApproved } from '@/lib/features/campaigns/assert-approved';
import { criticalFindings } from '@/lib/features/campaigns/critical-findings';
import { type Campaign, findCampaign } from '@/lib/features/campaigns/get-campaign';
import { insertVersion } from '@/lib/features/campaigns/launch-campaign';
import { recordAudit } from '@/lib/features/history/record-audit';
import { startRecurrence, stopRecurrence } from '@/lib/features/recurrences/recurrence-row';

export const activateCampaignSchema = z.object({
  campaignId: z.string(),
  /** The revision the person saw. */
  revision: z.number().int().optional(),
  /** Codes of the pre-flight warnings the person accepted by name; kept in the audit log. */
  accepted: z.array(z.string().max(300)).max(200).default([]),
});

export interface Activated {
  versionId: string;
  /** The event it starts on, if it does. */
  event: string | null;
  /** When it happens next, if it recurs. */
  nextAt: Date | null;
}

async function recur(
  tx: Tx,
  ctx: Ctx,
  campaign: Campaign,
  recurrence: Recurrence,
  versionId: string,
): Promise<Date | null> {
  const [workspace] = await tx.sql<{ timeZone: string }[]>`
    select time_zone as "timeZone" from workspaces where id = ${ctx.workspaceId}`;
  const started = { campaignId: campaign.id, versionId, revision: campaign.revision, recurrence };
  return (await startRecurrence(tx, ctx, started, workspace?.timeZone ?? 'UTC')).nextAt;
}

/**
 * Lets a campaign start on its event, or recur by its plan, from now on, with the draft as it is now; later changes count
 * from the next activation. Throws `precondition` when it has another schedule, a critical finding, no occurrence to come
 * or lacks an approval, `conflict` when it was changed.
 */
export async function activateCampaign(ctx: Ctx, input: z.input<typeof activateCampaignSchema>): Promise<Activated> {
  authorise(ctx, 'campaigns.launch');
  const { campaignId, revision, accepted } = parseInput(activateCampaignSchema, input);
  return withTx(ctx, async (tx) => {
    await tx.sql`select 1 from campaigns where workspace_id = ${ctx.workspaceId} and id = ${campaignId} for update`;
    const campaign = await findCampaign(tx, ctx.workspaceId, campaignId);
    if (revision !== undefined && revision !== campaign.revision) {
      throw new AppError('conflict', 'The campaign was changed since you looked at it. Nothing was activated.');
    }
    const { schedule } = campaign.draft;
    if ((schedule.kind !== 'event' && schedule.kind !== 'recurring') || campaign.status === 'archived') {
      throw new AppError(
        'precondition',
        'Only a campaign that recurs or starts on an event is activated. Nothing was changed.',
      );
    }
    const findings = await criticalFindings(tx, ctx.workspaceId, campaign);
    if (findings.length > 0) {
      const text = findings.map((finding) => finding.message).join(' ');
      throw new AppError('precondition', `Nothing was activated. ${text}`, { issues: findings });
    }
    if (schedule.kind === 'recurring') await assertApproved(tx, ctx, campaign);
    const versionId = await insertVersion(tx, ctx, campaign);
    const event = schedule.kind === 'event' ? schedule.event : null;
    const nextAt = schedule.kind === 'recurring' ? await recur(tx, ctx, campaign, schedule, versionId) : null;
    if (schedule.kind === 'event') await stopRecurrence(tx, ctx, campaignId);
    await tx.sql`update campaigns set status = 'active' where workspace_id = ${ctx.workspaceId} and id = ${campaignId}`;
    await recordAudit(tx, ctx, {
      action: 'campaign.activated',
      subjectType: 'campaign',
      subjectId: campaignId,
      data: {
        versionId,
        ...(event && { event }),
        ...(nextAt && { nextAt: nextAt.toISOString() }),
        ...(accepted.length > 0 && { accepted }),
      },
    });
    return { versionId, event, nextAt };
  });
}

/**
 * Ends the starting on events and the coming occurrences; runs under way go on. Doing it twice changes nothing more.
 * Throws `not_found`, and `precondition` for a campaign that is launched instead.
 */
export async function deactivateCampaign(ctx: Ctx, campaignId: string): Promise<void> {
  authorise(ctx, 'campaigns.launch');
  await withTx(ctx, async (tx) => {
    const campaign = await findCampaign(tx, ctx.workspaceId, campaignId);
    const recurred = await stopRecurrence(tx, ctx, campaignId);
    const { kind } = campaign.draft.schedule;
    if (!recurred && kind !== 'event' && kind !== 'recurring') {
      throw new AppError(
        'precondition',
        'Only a campaign that recurs or starts on an event is deactivated. Nothing was changed.',
      );
    }
    const changed = await tx.sql`
      update campaigns set status = 'draft'
      where workspace_id = ${ctx.workspaceId} and id = ${campaignId} and status = 'active'`;
    if (changed.count === 0 && !recurred) return;
    await recordAudit(tx, ctx, { action: 'campaign.deactivated', subjectType: 'campaign', subjectId: campaignId });
  });
}
