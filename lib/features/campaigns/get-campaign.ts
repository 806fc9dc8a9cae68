import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { type CampaignDraft, campaignDraftSchema } from '@/lib/domain/campaign';
import { AppError } from '@/lib/errors';

export interface Campaign {
  id: string;
  name: string;
  status: 'draft' | 'active' | 'archived';
  draft: CampaignDraft;
  revision: number;
  createdAt: Date;
  updatedAt: Date;
  archivedAt: Date | null;
  approvalRequestedBy: string | null;
  approvalRequestedAt: Date | null;
  approvedBy: string | null;
  approvedAt: Date | null;
  approvedRevision: number | null;
}

export async function findCampaign(tx: Tx, workspaceId: string, campaignId: string): Promise<Campaign> {
  const [row] = await tx.sql<(Omit<Campaign, 'draft'> & { draft: unknown })[]>`
    select id, name, status, draft, revision, created_at as "createdAt", updated_at as "updatedAt",
           archived_at as "archivedAt", approval_requested_by as "approvalRequestedBy",
           approval_requested_at as "approvalRequestedAt", approved_by as "approvedBy", approved_at as "approvedAt",
           approved_revision as "approvedRevision"
    from campaigns where workspace_id = ${workspaceId} and id = ${campaignId}`;
  if (!row) throw new AppError('not_found', 'This campaign does not exist.');
  return { ...row, draft: campaignDraftSchema.parse(row.draft) };
}

/** One campaign with its editable definition. */
export async function getCampaign(ctx: Ctx, campaignId: string): Promise<Campaign> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, (tx) => findCampaign(tx, ctx.workspaceId, campaignId));
}
