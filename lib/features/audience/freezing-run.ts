import type { Tx } from '@/lib/db/client';
import type { Audience } from '@/lib/domain/campaign';

/** What freezing needs to know of a run; everything about who is in it is part of its version already. */
export interface FreezingRun {
  id: string;
  workspaceId: string;
  campaignId: string;
  fromStep: number;
  startedAt: Date;
  bounceLimit: number;
  timeZone: string;
  audience: Audience;
  frozen: {
    flow: readonly { kind: string; continueWhen?: 'accepted' | 'settled' }[];
    segmentRules: Record<string, unknown>;
    fields: readonly string[];
    policy: { waveSize?: number };
  };
}

/** How far a run that is not queued to its end has come. */
export interface Place {
  phase: 'members' | 'deliveries';
  /** The last contact that is in. */
  after: string;
  /** How many of the audience are in, in this phase. */
  done: number;
  /** Its first people are sent to already. */
  isStarted: boolean;
}

type RunKey = Pick<FreezingRun, 'id' | 'workspaceId'>;

/**
 * The place of a run that is being queued, or null where it is not, or not now. Whoever asks has the queuing for
 * themselves until their transaction ends; the run itself stays free for those who send.
 */
export async function takePlace({ sql }: Tx, run: RunKey): Promise<Place | null> {
  await sql`select pg_advisory_xact_lock(hashtextextended(${`queuing ${run.id}`}, 0))`;
  const [row] = await sql<{ cursor: string | null; done: number; isStarted: boolean }[]>`
    select freeze_cursor as cursor, freeze_done as done, status = 'sending' as "isStarted" from runs
    where workspace_id = ${run.workspaceId} and id = ${run.id} and status in ('queuing', 'sending') and queued_at is null`;
  if (!row) return null;
  const [phase, after = ''] = (row.cursor ?? 'members:').split(':');
  return { phase: phase === 'deliveries' ? 'deliveries' : 'members', after, done: row.done, isStarted: row.isStarted };
}

/** Whether a run that is being queued is still where it was found; if so nobody else goes on with it now (`takePlace`). */
export async function isStillAt(tx: Tx, run: RunKey, { phase, after }: Place): Promise<boolean> {
  const now = await takePlace(tx, run);
  return now?.phase === phase && now.after === after;
}

/** The run was cancelled while a chunk of it was worked on: the chunk must not come to be. */
class QueuingEnded extends Error {}

/** What the work answers, or `otherwise` where the run ended under it and nothing of the work was kept. */
export async function unlessEnded<T>(otherwise: T, work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (error instanceof QueuingEnded) return otherwise;
    throw error;
  }
}

/**
 * Keeps the place in the transaction of its chunk; it must still be at `from`, where that is given. Throws where it is not,
 * or where the run has ended meanwhile (see `unlessEnded`).
 */
export async function keepPlace(
  { sql }: Tx,
  run: RunKey,
  { phase, after, done }: Pick<Place, 'phase' | 'after' | 'done'>,
  from?: string,
): Promise<void> {
  const kept = await sql`
    update runs set freeze_cursor = ${`${phase}:${after}`}, freeze_done = ${done}, last_progress_at = now()
    where workspace_id = ${run.workspaceId} and id = ${run.id} and status in ('queuing', 'sending', 'paused')
      and queued_at is null ${from === undefined ? sql`` : sql`and coalesce(freeze_cursor, 'members:') = ${`${phase}:${from}`}`}`;
  if (kept.count === 0) throw new QueuingEnded(`Run ${run.id} has ended.`);
}
