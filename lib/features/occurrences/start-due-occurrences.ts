import { systemCtx } from '@/lib/context';
import { pool, type Tx, withSystemTx } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import { latestOccurrences } from '@/lib/domain/recurrence';
import { momentWords } from '@/lib/domain/recurrence-words';
import { describeError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { announceOccurrence } from '@/lib/features/occurrences/announce-occurrence';
import { beginOccurrence, occurrenceUnderWay, runOccurrence } from '@/lib/features/occurrences/begin-occurrence';
import { decidedAmong, decideOccurrence } from '@/lib/features/recurrences/occurrence-row';
import {
  claimDueRecurrence,
  findRecurrence,
  moveToNext,
  type RecurrenceRow,
} from '@/lib/features/recurrences/recurrence-row';
import type { RunRef } from '@/lib/features/runs/sweep-runs';

interface CampaignRef {
  workspaceId: string;
  campaignId: string;
}

export interface StartedOccurrences {
  /** Runs that began just now and want to be told of. */
  started: RunRef[];
  /** What could not be decided; it is tried again, and told of when it stays so. */
  failures: string[];
}

/** More than these are not written down one by one after a long silence. */
const MOST_MISSED = 100;

/** Writes down what passed while nothing ran, and tells of all of it at once. */
async function missAll(tx: Tx, row: RecurrenceRow, missed: Date[], newest: Date): Promise<void> {
  const reason = 'Nothing was running at its time, and a later occurrence took its place.';
  for (const plannedAt of missed) await decideOccurrence(tx, row, { plannedAt, state: 'missed', runId: null, reason });
  const [first, last] = [missed[0], missed.at(-1)];
  if (!first || !last) return;
  const words = (at: Date) => momentWords(at, row.plan.timeZone);
  const which =
    missed.length === 1
      ? `The occurrence of ${words(first)} did not start`
      : `${missed.length} occurrences from ${words(first)} to ${words(last)} did not start`;
  const detail = `${which}, because nothing was running. The one of ${words(newest)} stands for ${missed.length === 1 ? 'it' : 'them'}.`;
  await announceOccurrence(tx, row, last, 'missed', detail);
}

/** Decides about everything of one campaign that is due, and notes what comes next. */
async function takeDue(tx: Tx, { workspaceId, campaignId }: CampaignRef): Promise<RunRef | null> {
  const row = await claimDueRecurrence(tx, workspaceId, campaignId);
  if (!row) return null;
  const { now, plan, nextAt } = row;
  const ctx = systemCtx(workspaceId, 'the schedule');
  const due = [nextAt, ...latestOccurrences(plan, nextAt, now, MOST_MISSED)];
  const decided = await decidedAmong(tx, row, due);
  const open = due.filter((at) => !decided.has(at.getTime()));
  // of all that passed while nothing ran, the last one stands for the others
  const newest = open.pop();
  if (newest) await missAll(tx, row, open, newest);
  const begun = newest ? await beginOccurrence(tx, ctx, row, newest, now) : null;
  if ((await moveToNext(tx, row, now)) === null) {
    const subject = { subjectType: 'campaign', subjectId: campaignId };
    await recordAudit(tx, ctx, { action: 'campaign.recurrence_ended', ...subject });
  }
  crashPoint('in_occurrence');
  return begun && !begun.held ? { workspaceId, runId: begun.runId } : null;
}

/** Starts the occurrence that waited for the one before it, which has ended. */
async function takeWaiting(tx: Tx, { workspaceId, campaignId }: CampaignRef): Promise<RunRef | null> {
  await tx.sql`
    select 1 from recurrences where workspace_id = ${workspaceId} and campaign_id = ${campaignId} for update`;
  const row = await findRecurrence(tx, workspaceId, campaignId);
  const [waiting] = await tx.sql<{ plannedAt: Date }[]>`
    select planned_at as "plannedAt" from occurrences
    where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and state = 'waiting' order by planned_at limit 1`;
  if (!row || !waiting || (await occurrenceUnderWay(tx, workspaceId, campaignId))) return null;
  const ctx = systemCtx(workspaceId, 'the schedule');
  const begun = await runOccurrence(tx, ctx, row, waiting.plannedAt, false);
  return begun && { workspaceId, runId: begun.runId };
}

/**
 * Starts every occurrence whose time has come, exactly once, whoever calls this and however often: the recurrence is held
 * while it is decided, and the run is named by the planned moment. After a silence the last occurrence missed starts if it
 * is at most half an hour late, else it waits for a person; the others are told of. One that fails holds up no other.
 */
export async function startDueOccurrences(): Promise<StartedOccurrences> {
  const due = await pool()<CampaignRef[]>`
    select workspace_id as "workspaceId", campaign_id as "campaignId" from recurrences
    where status = 'active' and next_at <= now() order by next_at limit 200`;
  const waiting = await pool()<CampaignRef[]>`
    select o.workspace_id as "workspaceId", o.campaign_id as "campaignId" from occurrences o
    where o.state = 'waiting' and not exists (
      select 1 from occurrences p join runs r on r.workspace_id = p.workspace_id and r.id = p.run_id
      where p.workspace_id = o.workspace_id and p.campaign_id = o.campaign_id
        and r.status in ('scheduled', 'queuing', 'sending', 'paused'))`;
  const result: StartedOccurrences = { started: [], failures: [] };
  const work = [...waiting.map((ref) => ({ ref, take: takeWaiting })), ...due.map((ref) => ({ ref, take: takeDue }))];
  for (const { ref, take } of work) {
    try {
      const run = await withSystemTx((tx) => take(tx, ref));
      if (run) result.started.push(run);
    } catch (error) {
      result.failures.push(`${ref.campaignId}: ${describeError(error)}`);
    }
  }
  return result;
}
