import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { type CampaignDraft, emptyDraft } from '@/lib/domain/campaign';
import { parseInput } from '@/lib/domain/parse-input';
import { campaignNameSchema } from '@/lib/features/campaigns/create-campaign';
import { findCampaign } from '@/lib/features/campaigns/get-campaign';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

export const duplicateCampaignSchema = z.object({ campaignId: z.string(), name: campaignNameSchema.optional() });

function nextName(name: string): string {
  return `${name.slice(0, 110)} (copy)`;
}

/**
 * Makes a draft with the definition of another campaign, archived or not. A planned time is left out: it was the other's.
 * A recurrence stays; it begins when the copy is activated.
 */
export async function duplicateCampaign(
  ctx: Ctx,
  input: z.input<typeof duplicateCampaignSchema>,
): Promise<{ id: string; revision: number }> {
  authorise(ctx, 'campaigns.write');
  const { campaignId, name } = parseInput(duplicateCampaignSchema, input);
  return withTx(ctx, async (tx) => {
    const source = await findCampaign(tx, ctx.workspaceId, campaignId);
    const { schedule } = source.draft;
    const draft: CampaignDraft = {
      ...source.draft,
      schedule: schedule.kind === 'recurring' ? schedule : emptyDraft().schedule,
    };
    const id = newId('campaign');
    await tx.sql`
      insert into campaigns (id, workspace_id, name, draft, created_by)
      values (${id}, ${ctx.workspaceId}, ${name ?? nextName(source.name)}, ${JSON.stringify(draft)}::jsonb, ${actorLabel(ctx).id})`;
    await recordAudit(tx, ctx, {
      action: 'campaign.duplicated',
      subjectType: 'campaign',
      subjectId: id,
      data: { from: campaignId },
    });
    return { id, revision: 1 };
  });
}
