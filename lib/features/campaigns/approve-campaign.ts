import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { type Campaign, findCampaign } from '@/lib/features/campaigns/get-campaign';
import { recordAudit } from '@/lib/features/history/record-audit';

export const approvalSchema = z.object({
  campaignId: z.string(),
  /** The revision the person saw: what is approved is that and nothing later. */
  revision: z.number().int(),
});

/** Audiences larger than this need a second person; null when the workspace asks for none. */
export async function approvalThreshold({ sql }: Tx, workspaceId: string): Promise<number | null> {
  const [row] = await sql<{ above: number | null }[]>`
    select (settings ->> 'approvalAboveRecipients')::int as above from workspaces where id = ${workspaceId}`;
  return row?.above ?? null;
}

/** Whether somebody else than who asked has approved exactly what would be launched. */
export function isApproved(campaign: Campaign): boolean {
  const { approvedBy, approvedRevision, approvalRequestedBy, revision } = campaign;
  return approvedBy !== null && approvedRevision === revision && approvedBy !== approvalRequestedBy;
}

function personOf(ctx: Ctx): string {
  if (ctx.actor.type === 'user') return ctx.actor.userId;
  throw new AppError('forbidden', 'Only a person can ask for an approval or give one. Nothing was changed.');
}

async function lockRevision(tx: Tx, ctx: Ctx, input: z.output<typeof approvalSchema>): Promise<Campaign> {
  await tx.sql`select 1 from campaigns where workspace_id = ${ctx.workspaceId} and id = ${input.campaignId} for update`;
  const campaign = await findCampaign(tx, ctx.workspaceId, input.campaignId);
  if (campaign.revision !== input.revision) {
    throw new AppError(
      'conflict',
      'The campaign was changed since you looked at it. Nothing was approved; look again.',
    );
  }
  return campaign;
}

/** Asks a second person to approve this revision; an earlier approval or request is replaced. Throws `conflict`. */
export async function requestApproval(ctx: Ctx, input: z.input<typeof approvalSchema>): Promise<void> {
  authorise(ctx, 'campaigns.write');
  const person = personOf(ctx);
  const given = parseInput(approvalSchema, input);
  await withTx(ctx, async (tx) => {
    const { revision, id } = await lockRevision(tx, ctx, given);
    await tx.sql`
      update campaigns set approval_requested_by = ${person}, approval_requested_at = now(), approved_by = null,
        approved_at = null, approved_revision = null
      where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    const subject = { subjectType: 'campaign', subjectId: id, data: { revision } };
    await recordAudit(tx, ctx, { action: 'campaign.approval_requested', ...subject });
  });
}

/** Approves this revision for a launch by anybody. Throws `precondition` unless another person asked, `conflict`. */
export async function approveCampaign(ctx: Ctx, input: z.input<typeof approvalSchema>): Promise<void> {
  authorise(ctx, 'campaigns.launch');
  const person = personOf(ctx);
  const given = parseInput(approvalSchema, input);
  await withTx(ctx, async (tx) => {
    const campaign = await lockRevision(tx, ctx, given);
    if (campaign.approvalRequestedBy === null) {
      throw new AppError('precondition', 'Nobody has asked for an approval of this campaign. Nothing was changed.');
    }
    if (campaign.approvalRequestedBy === person) {
      throw new AppError('precondition', 'You asked for this approval yourself: somebody else must give it.');
    }
    await tx.sql`
      update campaigns set approved_by = ${person}, approved_at = now(), approved_revision = ${campaign.revision}
      where workspace_id = ${ctx.workspaceId} and id = ${campaign.id}`;
    const subject = { subjectType: 'campaign', subjectId: campaign.id, data: { revision: campaign.revision } };
    await recordAudit(tx, ctx, { action: 'campaign.approved', ...subject });
  });
}

export const declineApprovalSchema = approvalSchema.extend({ reason: z.string().trim().max(500).default('') });

/** Withdraws a request, or declines somebody else's with a reason. Does nothing when there is none. */
export async function declineApproval(ctx: Ctx, input: z.input<typeof declineApprovalSchema>): Promise<void> {
  authorise(ctx, 'campaigns.write');
  const given = parseInput(declineApprovalSchema, input);
  await withTx(ctx, async (tx) => {
    const changed = await tx.sql`
      update campaigns set approval_requested_by = null, approval_requested_at = null, approved_by = null,
        approved_at = null, approved_revision = null
      where workspace_id = ${ctx.workspaceId} and id = ${given.campaignId} and approval_requested_by is not null`;
    if (changed.count === 0) return;
    await recordAudit(tx, ctx, {
      action: 'campaign.approval_declined',
      subjectType: 'campaign',
      subjectId: given.campaignId,
      data: { revision: given.revision, reason: given.reason },
    });
  });
}
