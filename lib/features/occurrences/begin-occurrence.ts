import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { momentWords } from '@/lib/domain/recurrence-words';
import { announceOccurrence } from '@/lib/features/occurrences/announce-occurrence';
import { decideOccurrence } from '@/lib/features/recurrences/occurrence-row';
import type { RecurrenceRow } from '@/lib/features/recurrences/recurrence-row';
import { cancelHeldRun, insertOccurrenceRun } from '@/lib/features/runs/occurrence-run';

/** How late an occurrence may still start by itself; the same as a run that was scheduled. */
const CATCH_UP_MS = 30 * 60_000;

export interface UnderWay {
  runId: string;
  plannedAt: Date;
  /** Its time passed while nothing ran, and nobody has started it since. */
  isHeld: boolean;
}

/** The newest occurrence of a campaign whose run has not ended. */
export async function occurrenceUnderWay(
  { sql }: Tx,
  workspaceId: string,
  campaignId: string,
): Promise<UnderWay | null> {
  const [row] = await sql<UnderWay[]>`
    select r.id as "runId", o.planned_at as "plannedAt", r.status = 'paused' and r.started_at is null as "isHeld"
    from occurrences o join runs r on r.workspace_id = o.workspace_id and r.id = o.run_id
    where o.workspace_id = ${workspaceId} and o.campaign_id = ${campaignId}
      and r.status in ('scheduled', 'queuing', 'sending', 'paused')
    order by "isHeld", o.planned_at desc limit 1`;
  return row ?? null;
}

/** Makes the run of an occurrence. One that is much too late waits for a person: what was right at nine may be wrong at noon. */
export async function runOccurrence(
  tx: Tx,
  ctx: Ctx,
  row: RecurrenceRow,
  plannedAt: Date,
  isLate: boolean,
): Promise<{ runId: string; held: boolean } | null> {
  const { campaignId, versionId, expect } = row;
  const when = momentWords(plannedAt, row.plan.timeZone);
  const held = isLate
    ? `It should have started on ${when}, when nothing was running. Resume it to send now, or cancel it. Nothing was sent.`
    : null;
  const key = `occurrence:${plannedAt.toISOString()}`;
  const runId = await insertOccurrenceRun(tx, ctx, { campaignId, versionId, key, plannedAt, held });
  if (runId === null) return null;
  const dueBy = expect.doneWithinMs === undefined ? null : new Date(plannedAt.getTime() + expect.doneWithinMs);
  await decideOccurrence(tx, row, { plannedAt, state: 'run', runId, reason: null, dueBy });
  return { runId, held: held !== null };
}

async function leaveOut(tx: Tx, row: RecurrenceRow, plannedAt: Date, reason: string): Promise<null> {
  if (await decideOccurrence(tx, row, { plannedAt, state: 'skipped', runId: null, reason })) {
    await announceOccurrence(tx, row, plannedAt, 'skipped', `${reason} Nothing was sent.`);
  }
  return null;
}

/** What happens to an occurrence whose time has come: it starts, waits for its turn, waits for a person, or is left out. */
export async function beginOccurrence(
  tx: Tx,
  ctx: Ctx,
  row: RecurrenceRow,
  plannedAt: Date,
  now: Date,
): Promise<{ runId: string; held: boolean } | null> {
  const { workspaceId, campaignId, plan, overlap } = row;
  const isLate = now.getTime() - plannedAt.getTime() > CATCH_UP_MS;
  const before = await occurrenceUnderWay(tx, workspaceId, campaignId);
  if (before?.isHeld) {
    const reason = `The occurrence of ${momentWords(plannedAt, plan.timeZone)} took its place. Nothing was sent.`;
    await cancelHeldRun(tx, workspaceId, before.runId, reason);
  } else if (before && overlap !== 'start') {
    const earlier = `The occurrence of ${momentWords(before.plannedAt, plan.timeZone)}`;
    if (overlap === 'skip') return leaveOut(tx, row, plannedAt, `${earlier} was still under way.`);
    const [waiting] = await tx.sql`
      select 1 from occurrences where workspace_id = ${workspaceId} and campaign_id = ${campaignId} and state = 'waiting'`;
    if (waiting) return leaveOut(tx, row, plannedAt, 'The occurrence before it was still waiting for its turn.');
    const reason = `${earlier} is still under way; this one starts when it is done.`;
    await decideOccurrence(tx, row, { plannedAt, state: 'waiting', runId: null, reason });
    return null;
  }
  return runOccurrence(tx, ctx, row, plannedAt, isLate);
}
