import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { type CampaignDraftInput, campaignDraftSchema } from '@/lib/domain/campaign';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { campaignNameSchema } from '@/lib/features/campaigns/create-campaign';
import { recordAudit } from '@/lib/features/history/record-audit';

export const updateCampaignSchema = z.object({
  campaignId: z.string(),
  /** The revision the editor started from; a newer one in the database means somebody else saved. */
  revision: z.number().int(),
  name: campaignNameSchema.optional(),
  draft: campaignDraftSchema.optional(),
});

/** Saves a draft; throws `conflict` when somebody else saved since `revision`, and keeps theirs. */
export async function updateCampaign(
  ctx: Ctx,
  input: { campaignId: string; revision: number; name?: string; draft?: CampaignDraftInput },
): Promise<{ revision: number }> {
  authorise(ctx, 'campaigns.write');
  const { campaignId, revision, name, draft } = parseInput(updateCampaignSchema, input);
  return withTx(ctx, async (tx) => {
    const [row] = await tx.sql<{ revision: number }[]>`
      update campaigns set name = coalesce(${name ?? null}, name), draft = coalesce(${draft ? JSON.stringify(draft) : null}::jsonb, draft),
        revision = revision + 1, updated_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${campaignId} and revision = ${revision} and archived_at is null
      returning revision`;
    if (!row) {
      const [exists] =
        await tx.sql`select 1 from campaigns where workspace_id = ${ctx.workspaceId} and id = ${campaignId}`;
      if (!exists) throw new AppError('not_found', 'This campaign does not exist.');
      throw new AppError(
        'conflict',
        'Somebody else saved this campaign since you opened it. Theirs was kept; reload and apply your change again.',
      );
    }
    await recordAudit(tx, ctx, {
      action: 'campaign.saved',
      subjectType: 'campaign',
      subjectId: campaignId,
      data: { revision: row.revision },
    });
    return row;
  });
}
