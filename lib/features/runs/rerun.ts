import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { hasDeliveries } from '@/lib/domain/campaign';
import { parseInput } from '@/lib/domain/parse-input';
import { publicUrl } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { loadRunIn } from '@/lib/features/runs/load-run';
import { rerunAudience } from '@/lib/features/runs/rerun-audience';
import { newId } from '@/lib/ids';

export const rerunSchema = z.object({
  runId: z.string(),
  /** Only people who match now and were not reached · everybody who matches now · the same from a later step on. */
  kind: z.enum(['new_matches', 'everybody', 'from_step']),
  /** Number of the first step; needed for `from_step`. */
  step: z.number().int().min(0).max(99).optional(),
  /** Made once per dialog, so that pressing twice is one run. */
  requestKey: z.string().min(8).max(80),
});

/**
 * Starts a new run of the very version a run was made from: same content, the audience as it is now. One run per request
 * key, however often it is asked for. The edge then sends `run/launched`; if that is lost, the sweep starts it.
 */
export async function rerun(
  ctx: Ctx,
  input: z.input<typeof rerunSchema>,
): Promise<{ runId: string; already: boolean }> {
  authorise(ctx, 'campaigns.launch');
  const { runId, kind, step = 0, requestKey } = parseInput(rerunSchema, input);
  return withTx(ctx, async (tx) => {
    const run = await loadRunIn(tx, ctx.workspaceId, runId);
    const first = run.frozen.flow[step];
    if (kind === 'from_step' && (!first || !hasDeliveries(first) || step <= run.fromStep)) {
      throw new AppError('invalid', 'This run has no such later step to begin with. Nothing was started.');
    }
    const [source] = await tx.sql<{ name: string; maxPerSecond: number | null }[]>`
      select name, max_per_second as "maxPerSecond" from runs where workspace_id = ${ctx.workspaceId} and id = ${runId}`;
    const id = newId('run');
    const occurrence = `rerun:${runId}:${requestKey}`;
    const fromStep = kind === 'from_step' ? step : run.fromStep;
    const [made] = await tx.sql`
      insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, started_at, base_url, max_per_second,
                        launched_by, audience, from_step, rerun_of)
      values (${id}, ${ctx.workspaceId}, ${run.campaignId}, ${run.versionId}, ${occurrence}, ${source?.name ?? ''}, 'queuing', now(),
              ${publicUrl()}, ${source?.maxPerSecond ?? null}, ${JSON.stringify(actorLabel(ctx))}::jsonb,
              ${JSON.stringify(rerunAudience(run, kind, step))}::jsonb, ${fromStep}, ${runId})
      on conflict (workspace_id, campaign_id, occurrence_key) do nothing returning id`;
    if (!made) {
      const [known] = await tx.sql<{ id: string }[]>`
        select id from runs where workspace_id = ${ctx.workspaceId} and campaign_id = ${run.campaignId} and occurrence_key = ${occurrence}`;
      if (!known)
        throw new AppError('conflict', 'This is being started by somebody else right now. Nothing was started twice.');
      return { runId: known.id, already: true };
    }
    await recordAudit(tx, ctx, {
      action: 'run.launched',
      subjectType: 'run',
      subjectId: id,
      data: { campaignId: run.campaignId, versionId: run.versionId, rerunOf: runId, kind, fromStep },
    });
    await recordAudit(tx, ctx, {
      action: 'run.rerun',
      subjectType: 'run',
      subjectId: runId,
      data: { kind, fromStep, runId: id },
    });
    return { runId: id, already: false };
  });
}
