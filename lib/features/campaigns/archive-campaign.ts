import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { stopRecurrence } from '@/lib/features/recurrences/recurrence-row';

export const archiveCampaignSchema = z.object({ campaignId: z.string() });

/** Puts a campaign away, which ends its coming occurrences; its runs and reports stay. Throws `precondition` while one of its runs has not ended. */
export async function archiveCampaign(ctx: Ctx, input: z.input<typeof archiveCampaignSchema>): Promise<void> {
  authorise(ctx, 'campaigns.write');
  const { campaignId } = parseInput(archiveCampaignSchema, input);
  await withTx(ctx, async (tx) => {
    const [row] = await tx.sql<{ archivedAt: Date | null }[]>`
      select archived_at as "archivedAt" from campaigns
      where workspace_id = ${ctx.workspaceId} and id = ${campaignId} for update`;
    if (!row) throw new AppError('not_found', 'This campaign does not exist.');
    if (row.archivedAt) return;
    const [busy] = await tx.sql`
      select 1 from runs where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId}
        and status in ('scheduled', 'queuing', 'sending', 'paused') limit 1`;
    if (busy) {
      throw new AppError(
        'precondition',
        'A run of this campaign has not ended. Wait for it or cancel it first; nothing was changed.',
      );
    }
    await stopRecurrence(tx, ctx, campaignId);
    await tx.sql`
      update campaigns set status = 'archived', archived_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${campaignId}`;
    await recordAudit(tx, ctx, { action: 'campaign.archived', subjectType: 'campaign', subjectId: campaignId });
  });
}

/** Brings an archived campaign back: active if it was ever launched, else a draft. Does nothing to one that is not archived. */
export async function restoreCampaign(ctx: Ctx, input: z.input<typeof archiveCampaignSchema>): Promise<void> {
  authorise(ctx, 'campaigns.write');
  const { campaignId } = parseInput(archiveCampaignSchema, input);
  await withTx(ctx, async (tx) => {
    const [exists] = await tx.sql`
      select 1 from campaigns where workspace_id = ${ctx.workspaceId} and id = ${campaignId}`;
    if (!exists) throw new AppError('not_found', 'This campaign does not exist.');
    const changed = await tx.sql`
      update campaigns c set archived_at = null, status = case when exists (select 1 from runs r
        where r.workspace_id = c.workspace_id and r.campaign_id = c.id) then 'active' else 'draft' end
      where workspace_id = ${ctx.workspaceId} and id = ${campaignId} and archived_at is not null`;
    if (changed.count === 0) return;
    await recordAudit(tx, ctx, { action: 'campaign.restored', subjectType: 'campaign', subjectId: campaignId });
  });
}
