import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { publicUrl } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { assertApproved } from '@/lib/features/campaigns/assert-approved';
import { criticalFindings } from '@/lib/features/campaigns/critical-findings';
import { freezeVersion } from '@/lib/features/campaigns/freeze-version';
import { type Campaign, findCampaign } from '@/lib/features/campaigns/get-campaign';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

export const launchCampaignSchema = z.object({
  campaignId: z.string(),
  /** The revision the person saw; launching something else than what was seen is refused. */
  revision: z.number().int().optional(),
  /** Names this occurrence; by default the revision, so that a double click is one run. */
  occurrenceKey: z.string().min(1).max(200).optional(),
  /** Codes of the pre-flight warnings the person accepted by name; kept in the audit log. */
  accepted: z.array(z.string().max(300)).max(200).default([]),
});

export interface Launched {
  runId: string;
  status: 'scheduled' | 'queuing';
  /** True when this very launch had happened before; nothing was started twice. */
  already: boolean;
}

/** Freezes the draft as the next version of its campaign. */
export async function insertVersion(tx: Tx, ctx: Ctx, campaign: Campaign): Promise<string> {
  const { frozen, contentSha256 } = await freezeVersion(tx, ctx.workspaceId, campaign, publicUrl());
  const outline = frozen.flow.map((step) => ({
    id: step.id,
    name: step.name,
    kind: step.kind,
    ...(step.kind === 'wait' && { until: step.until }),
  }));
  const id = newId('version');
  await tx.sql`
    insert into campaign_versions (id, workspace_id, campaign_id, number, frozen, outline, content_sha256, created_by)
    select ${id}, ${ctx.workspaceId}, ${campaign.id}, coalesce(max(number), 0) + 1, ${JSON.stringify(frozen)}::jsonb,
           ${JSON.stringify(outline)}::jsonb, ${contentSha256}, ${actorLabel(ctx).id}
    from campaign_versions where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaign.id}`;
  return id;
}

/**
 * Launches a campaign: refuses critical findings and a missing approval, freezes the version and makes exactly one run per occurrence. The edge
 * then sends `run/launched`; if that is lost, the sweep starts the run.
 */
export async function launchCampaign(ctx: Ctx, input: z.input<typeof launchCampaignSchema>): Promise<Launched> {
  authorise(ctx, 'campaigns.launch');
  const { campaignId, revision, occurrenceKey, accepted } = parseInput(launchCampaignSchema, input);
  return withTx(ctx, async (tx) => {
    await tx.sql`select 1 from campaigns where workspace_id = ${ctx.workspaceId} and id = ${campaignId} for update`;
    const campaign = await findCampaign(tx, ctx.workspaceId, campaignId);
    if (revision !== undefined && revision !== campaign.revision) {
      throw new AppError(
        'conflict',
        'The campaign was changed since you looked at it. Nothing was launched; check it again.',
      );
    }
    const occurrence = occurrenceKey ?? `revision:${campaign.revision}`;
    const [known] = await tx.sql<{ id: string; status: string }[]>`
      select id, status from runs where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId} and occurrence_key = ${occurrence}`;
    if (known)
      return { runId: known.id, status: known.status === 'scheduled' ? 'scheduled' : 'queuing', already: true };
    if (campaign.draft.schedule.kind === 'event') {
      throw new AppError(
        'precondition',
        'This campaign starts for one contact at a time, when its event comes. Activate it instead; nothing was launched.',
      );
    }
    if (campaign.draft.schedule.kind === 'recurring') {
      throw new AppError('precondition', 'This campaign recurs. Activate it instead; nothing was launched.');
    }
    const findings = await criticalFindings(tx, ctx.workspaceId, campaign);
    if (findings.length > 0) {
      throw new AppError(
        'precondition',
        `Nothing was launched. ${findings.map((finding) => finding.message).join(' ')}`,
        { issues: findings },
      );
    }
    await assertApproved(tx, ctx, campaign);
    const versionId = await insertVersion(tx, ctx, campaign);
    const { schedule, policy } = campaign.draft;
    const at = schedule.kind === 'at' ? new Date(schedule.at) : null;
    const scheduled = at !== null && at > new Date();
    const runId = newId('run');
    const [made] = await tx.sql`
      insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, scheduled_at, started_at, base_url,
                        max_per_second, launched_by)
      values (${runId}, ${ctx.workspaceId}, ${campaignId}, ${versionId}, ${occurrence}, ${campaign.name},
              ${scheduled ? 'scheduled' : 'queuing'}, ${at}, ${scheduled ? null : new Date()}, ${publicUrl()},
              ${policy.maxPerSecond ?? null}, ${JSON.stringify(actorLabel(ctx))}::jsonb)
      on conflict (workspace_id, campaign_id, occurrence_key) do nothing returning id`;
    if (!made)
      throw new AppError(
        'conflict',
        'This campaign is being launched by somebody else right now. Nothing was started twice.',
      );
    await tx.sql`update campaigns set status = 'active' where workspace_id = ${ctx.workspaceId} and id = ${campaignId} and status = 'draft'`;
    await recordAudit(tx, ctx, {
      action: 'run.launched',
      subjectType: 'run',
      subjectId: runId,
      data: { campaignId, versionId, occurrence, ...(accepted.length > 0 && { accepted }) },
    });
    return { runId, status: scheduled ? 'scheduled' : 'queuing', already: false };
  });
}
