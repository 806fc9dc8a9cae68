import type { Ctx } from '@/lib/context';
import { pool, type Tx, withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { crashPoint } from '@/lib/db/crash-point';
import { BATCH_SIZE } from '@/lib/domain/batch';
import { nextStep } from '@/lib/domain/campaign';
import { isStillAt, keepPlace, takePlace, unlessEnded } from '@/lib/features/audience/freezing-run';
import { groupMembers, writeMemberCounts } from '@/lib/features/audience/member-counts';
import { excludeDuplicateAddresses, markAllAsSharing } from '@/lib/features/audience/shared-addresses';
import { type ContactRange, nextRanges, sideBySide } from '@/lib/features/audience/side-by-side';
import { recordAudit } from '@/lib/features/history/record-audit';
import { releaseHeldWave } from '@/lib/features/runs/advance-run';
import { announceRun } from '@/lib/features/runs/announce-run';
import { accountOf, type QueuingRun } from '@/lib/features/runs/load-run';

const CHUNK = 50_000;
/**
 * Batches that are dealt out together, contact by contact. The rows of one page belong to several batches then, so that its
 * results are written a few at a time, each time in the room the former left: half of the room that a page of one batch
 * would need, since all of its results come at once.
 */
const TOGETHER = 5;
const DEALT = TOGETHER * BATCH_SIZE;
/** Chunks made at once: PostgreSQL writes each on a core of its own. */
const LANES = 2;

/** Where the chunk ends that begins after a contact; null where the rest is less than one. */
async function endOfChunk({ sql }: Tx, run: QueuingRun, after: string): Promise<string | null> {
  const [end] = await sql<{ id: string }[]>`
    select contact_id as id from run_members where workspace_id = ${run.workspaceId} and run_id = ${run.id}
      and contact_id > ${after} order by contact_id offset ${CHUNK - 1} limit 1`;
  return end?.id ?? null;
}

/** Makes the deliveries of the first step for a range of the members, in batches by wave; held, unless their wave is out. */
async function insertDeliveries(
  { sql }: Tx,
  run: QueuingRun,
  { after, upTo }: ContactRange,
): Promise<{ last: string | null; n: number }> {
  const first = nextStep(run.frozen.flow, run.fromStep, databaseNow());
  const step = first?.index ?? 0;
  const account = first ? accountOf(first.step) : null;
  const out = await sql<{ number: number }[]>`
    select number from waves where workspace_id = ${run.workspaceId} and run_id = ${run.id} and status <> 'held'`;
  const [chunk] = await sql<{ last: string | null; n: number }[]>`
    with member as materialized (
      select contact_id, wave from run_members where workspace_id = ${run.workspaceId} and run_id = ${run.id}
        and wave is not null and contact_id > ${after} and ${upTo === null ? sql`true` : sql`contact_id <= ${upTo}`}
    ), counted as (
      select wave, count(*) as total, coalesce(sum((count(*) + ${BATCH_SIZE - 1}) / ${BATCH_SIZE})
               over (order by wave rows between unbounded preceding and 1 preceding), 0)::int as before
      from member group by wave
    ), page as materialized (
      select contact_id, wave, before + 1 + nth / ${DEALT} * ${TOGETHER} + nth % ${DEALT}
               % ((least(${DEALT}, total - nth / ${DEALT} * ${DEALT}) + ${BATCH_SIZE - 1}) / ${BATCH_SIZE}) as n
      from (select contact_id, wave, total, before, row_number() over (partition by wave order by contact_id) - 1 as nth
            from member join counted using (wave)) m
    ), made as (
      insert into batches (workspace_id, run_id, step, wave, state, provider_account_id, not_before, size)
      select ${run.workspaceId}, ${run.id}, ${step}, min(wave),
             case when min(wave) = any(${out.map(({ number }) => number)}::int[]) then 'ready' else 'held' end,
             ${account}, ${first?.notBefore ?? databaseNow()}, count(*)::int
      from page group by n order by n returning id
    ), ids as (
      -- looked up by position: a join of rows this young is planned badly
      select array_agg(id order by id) as nth from made
    ), ins as (
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id)
      select ${run.workspaceId}, ${run.id}, ${step}, contact_id, (select nth from ids)[n] from page order by contact_id
    )
    select max(contact_id) as last, count(*)::int as n from page`;
  return chunk ?? { last: null, n: 0 };
}

const words = (people: number) => `${people === 1 ? '1 person is' : `${people} people are`} queued`;

/**
 * Begins to send to the first of a large audience while the others are still worked out. Who comes first by id wins an
 * address that several share, so those who are in stay in. Nobody else is queued before everybody is known, and until
 * then no wave but the first leaves. Does nothing where it has begun, or where more are in than one chunk holds.
 */
export async function startEarly(ctx: Ctx, run: QueuingRun): Promise<boolean> {
  const started = await withTx(ctx, async (tx) => {
    const place = await takePlace(tx, run);
    if (place?.phase !== 'members' || place.isStarted || place.done === 0 || place.done > CHUNK) return false;
    // first of all: whoever pauses or cancels the run meanwhile comes after it, and finds it begun
    const begun = await tx.sql`
        update runs set status = 'sending' where workspace_id = ${run.workspaceId} and id = ${run.id} and status = 'queuing'`;
    if (begun.count === 0) return false;
    await excludeDuplicateAddresses(tx, run);
    await markAllAsSharing(tx, run);
    const { n } = await insertDeliveries(tx, run, { after: '', upTo: null });
    await writeMemberCounts(tx, run, await groupMembers(tx, run), 'set');
    await releaseHeldWave(tx, run.workspaceId, run.id, 1, 'schedule');
    crashPoint('in_queue');
    await announceRun(
      tx,
      run.workspaceId,
      run.id,
      'started',
      `The first ${words(n)}; sending begins, the others follow.`,
    );
    return true;
  });
  if (started) await pool()`analyze run_members, deliveries, batches`;
  return started;
}

/** The last chunk was empty: all exist. Answers whether the run is queued by this. */
async function endQueuing(tx: Tx, ctx: Ctx, run: QueuingRun, queued: number, isStarted: boolean): Promise<boolean> {
  const all = await tx.sql`
    update runs set status = 'sending', queued_at = now(), last_progress_at = now()
    where workspace_id = ${run.workspaceId} and id = ${run.id} and status in ('queuing', 'sending') and queued_at is null`;
  if (all.count === 0) return false;
  await recordAudit(tx, ctx, { action: 'run.queued', subjectType: 'run', subjectId: run.id, data: { queued } });
  if (!isStarted) await announceRun(tx, run.workspaceId, run.id, 'started', `${words(queued)}; sending begins.`);
  return true;
}

/**
 * Makes the deliveries of the first step for the next chunks of the audience, side by side, in held batches by wave. Rows
 * and cursor of a chunk commit together, and no chunk before the one in front of it. When all exist the run becomes
 * `sending`, if it was not begun early.
 */
export async function queueDeliveriesChunk(ctx: Ctx, run: QueuingRun): Promise<{ done: boolean; queued: number }> {
  const nothing = { done: true, queued: 0 };
  const next = await withTx(ctx, async (tx) => {
    const place = await takePlace(tx, run);
    if (place?.phase !== 'deliveries') return null;
    return { place, ranges: await nextRanges(place.after, LANES, (after) => endOfChunk(tx, run, after)) };
  });
  if (!next) return nothing;
  const { place, ranges } = next;
  const start = { done: false, queued: place.done };
  const chunk = await unlessEnded(nothing, () =>
    sideBySide(ranges, start, (range, inFront, isFirst) =>
      withTx(ctx, async (tx) => {
        // whoever else queues this run has gone on meanwhile, or waits until this chunk is in
        if (isFirst && !(await isStillAt(tx, run, place))) return nothing;
        const { last, n } = await insertDeliveries(tx, run, range);
        crashPoint('in_queue');
        const queued = (await inFront).queued + n;
        const after = range.upTo ?? last;
        if (after === null) {
          // found empty beside a chunk that was not: the next look ends it
          if (!isFirst) return { done: false, queued };
          return (await endQueuing(tx, ctx, run, queued, place.isStarted)) ? { done: true, queued } : nothing;
        }
        await keepPlace(tx, run, { phase: 'deliveries', after, done: queued }, range.after);
        return { done: false, queued };
      }),
    ),
  );
  if (chunk.done && chunk.queued > 0) await pool()`analyze deliveries, batches`;
  return chunk;
}
