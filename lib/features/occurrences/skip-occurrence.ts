import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { readDatabaseNow } from '@/lib/db/clock';
import { parseInput } from '@/lib/domain/parse-input';
import { momentWords } from '@/lib/domain/recurrence-words';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { decideOccurrence, restoreOccurrence } from '@/lib/features/recurrences/occurrence-row';
import { isPlanned, lockActiveRecurrence, moveToNext } from '@/lib/features/recurrences/recurrence-row';

export const skipOccurrenceSchema = z.object({
  campaignId: z.string(),
  /** The planned moment, as the list of coming occurrences has it. */
  plannedAt: z.iso.datetime({ offset: true }),
  /** False takes it back. */
  skip: z.boolean().default(true),
});

/**
 * Leaves one coming occurrence out, or takes that back; doing it twice changes nothing more. Throws `precondition` unless
 * the campaign recurs, `invalid` for a moment that is not planned, `conflict` for one that has begun.
 */
export async function skipOccurrence(ctx: Ctx, input: z.input<typeof skipOccurrenceSchema>): Promise<void> {
  authorise(ctx, 'campaigns.launch');
  const { campaignId, plannedAt: iso, skip } = parseInput(skipOccurrenceSchema, input);
  const plannedAt = new Date(iso);
  await withTx(ctx, async (tx) => {
    const row = await lockActiveRecurrence(tx, ctx.workspaceId, campaignId);
    const now = await readDatabaseNow(tx);
    // what is due belongs to whoever starts it
    if (plannedAt <= now || (row.nextAt !== null && row.nextAt <= now)) {
      throw new AppError('conflict', 'The time of this occurrence has come already. Nothing was changed.');
    }
    if (!isPlanned(row.plan, plannedAt)) {
      const message = `Nothing is planned for ${momentWords(plannedAt, row.plan.timeZone)}. Nothing was changed.`;
      throw new AppError('invalid', message, { issues: [{ path: 'plannedAt', message }] });
    }
    const decidedBy = actorLabel(ctx);
    const reason = `Left out by ${decidedBy.name}.`;
    const changed = skip
      ? await decideOccurrence(tx, row, { plannedAt, state: 'skipped', runId: null, reason, decidedBy })
      : await restoreOccurrence(tx, row, plannedAt);
    if (!changed) return;
    await moveToNext(tx, row, now);
    await recordAudit(tx, ctx, {
      action: skip ? 'campaign.occurrence_skipped' : 'campaign.occurrence_restored',
      subjectType: 'campaign',
      subjectId: campaignId,
      data: { plannedAt: plannedAt.toISOString(), ...(skip && { reason }) },
    });
  });
}
