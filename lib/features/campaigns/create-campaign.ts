import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { type CampaignDraftInput, campaignDraftSchema, emptyDraft } from '@/lib/domain/campaign';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

export const campaignNameSchema = z.string().trim().min(1, 'Give the campaign a name.').max(120);
export const createCampaignSchema = z.object({ name: campaignNameSchema, draft: campaignDraftSchema.optional() });

/** Makes a draft campaign, empty unless a definition is given. */
export async function createCampaign(
  ctx: Ctx,
  input: { name: string; draft?: CampaignDraftInput },
): Promise<{ id: string; revision: number }> {
  authorise(ctx, 'campaigns.write');
  const { name, draft } = parseInput(createCampaignSchema, input);
  return withTx(ctx, async (tx) => {
    const id = newId('campaign');
    const by = ctx.actor.type === 'user' ? ctx.actor.userId : ctx.actor.type;
    await tx.sql`
      insert into campaigns (id, workspace_id, name, draft, created_by)
      values (${id}, ${ctx.workspaceId}, ${name}, ${JSON.stringify(draft ?? emptyDraft())}::jsonb, ${by})`;
    await recordAudit(tx, ctx, { action: 'campaign.created', subjectType: 'campaign', subjectId: id, data: { name } });
    return { id, revision: 1 };
  });
}
