import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { readDatabaseNow } from '@/lib/db/clock';
import { parseInput } from '@/lib/domain/parse-input';
import { momentWords } from '@/lib/domain/recurrence-words';
import { AppError } from '@/lib/errors';
import { occurrenceUnderWay } from '@/lib/features/occurrences/begin-occurrence';
import { decideOccurrence } from '@/lib/features/recurrences/occurrence-row';
import { lockActiveRecurrence } from '@/lib/features/recurrences/recurrence-row';
import { insertOccurrenceRun } from '@/lib/features/runs/occurrence-run';

export const runOccurrenceNowSchema = z.object({
  campaignId: z.string(),
  /** Made once per dialog, so that pressing twice is one run. */
  requestKey: z.string().min(8).max(80),
});

/**
 * Runs the active version once, out of turn; the plan stays as it is. One run per request key. The edge then sends
 * `run/launched`. Throws `precondition` unless the campaign recurs, `conflict` while an occurrence of it is under way.
 */
export async function runOccurrenceNow(
  ctx: Ctx,
  input: z.input<typeof runOccurrenceNowSchema>,
): Promise<{ runId: string; already: boolean }> {
  authorise(ctx, 'campaigns.launch');
  const { campaignId, requestKey } = parseInput(runOccurrenceNowSchema, input);
  return withTx(ctx, async (tx) => {
    const row = await lockActiveRecurrence(tx, ctx.workspaceId, campaignId);
    const key = `now:${requestKey}`;
    const [known] = await tx.sql<{ id: string }[]>`
      select id from runs where workspace_id = ${ctx.workspaceId} and campaign_id = ${campaignId} and occurrence_key = ${key}`;
    if (known) return { runId: known.id, already: true };
    const before = await occurrenceUnderWay(tx, ctx.workspaceId, campaignId);
    if (before && row.overlap !== 'start') {
      const when = momentWords(before.plannedAt, row.plan.timeZone);
      throw new AppError('conflict', `The occurrence of ${when} has not ended yet. Nothing was started.`);
    }
    const plannedAt = await readDatabaseNow(tx);
    const { versionId } = row;
    const runId = await insertOccurrenceRun(tx, ctx, { campaignId, versionId, key, plannedAt, held: null });
    if (!runId)
      throw new AppError('conflict', 'This is being started by somebody else right now. Nothing was started twice.');
    await decideOccurrence(tx, row, { plannedAt, state: 'run', runId, reason: null, decidedBy: actorLabel(ctx) });
    return { runId, already: false };
  });
}
