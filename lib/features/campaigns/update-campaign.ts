import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
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

async function refusal(tx: Tx, ctx: Ctx, campaignId: string): Promise<AppError> {
  const [row] = await tx.sql<{ archived: boolean; savedBy: string | null }[]>`
    select c.archived_at is not null as archived,
           (select a.actor ->> 'name' from audit_log a where a.workspace_id = c.workspace_id and a.subject_type = 'campaign'
              and a.subject_id = c.id and a.action = 'campaign.saved' order by a.id desc limit 1) as "savedBy"
    from campaigns c where c.workspace_id = ${ctx.workspaceId} and c.id = ${campaignId}`;
  if (!row) return new AppError('not_found', 'This campaign does not exist.');
  if (row.archived) {
    return new AppError('precondition', 'This campaign is archived. Restore it to change it; nothing was saved.');
  }
  const who = row.savedBy === null ? 'Somebody else' : row.savedBy === actorLabel(ctx).name ? 'You' : row.savedBy;
  const where = who === 'You' ? ' in another window' : '';
  return new AppError(
    'conflict',
    `${who} saved this campaign${where} since you opened it. What you have changed is not stored.`,
  );
}

const ONE_SITTING_MINUTES = 10;

/** An editor that saves as one types would bury the log; saves that follow each other in one sitting are one entry. */
async function auditSave(tx: Tx, ctx: Ctx, campaignId: string, revision: number): Promise<void> {
  const { id } = actorLabel(ctx);
  const [same] = await tx.sql`
    select 1 from (select actor, action, at from audit_log where workspace_id = ${ctx.workspaceId}
      and subject_type = 'campaign' and subject_id = ${campaignId} order by id desc limit 1) a
    where a.action = 'campaign.saved' and a.actor ->> 'id' = ${id}
      and a.at > now() - make_interval(mins => ${ONE_SITTING_MINUTES})`;
  if (same) return;
  await recordAudit(tx, ctx, {
    action: 'campaign.saved',
    subjectType: 'campaign',
    subjectId: campaignId,
    data: { revision },
  });
}

/** Saves a draft as its next revision; throws `conflict` naming who saved since `revision`, and keeps theirs. */
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
    if (!row) throw await refusal(tx, ctx, campaignId);
    await auditSave(tx, ctx, campaignId, row.revision);
    return row;
  });
}
