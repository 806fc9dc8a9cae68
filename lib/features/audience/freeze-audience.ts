import type { Ctx } from '@/lib/context';
import { pool, type Tx, withTx } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import { gateChannelOf } from '@/lib/domain/campaign';
import { acquaintPlanner } from '@/lib/features/audience/acquaint-planner';
import { readInMemory } from '@/lib/features/audience/count-audience';
import {
  type FreezingRun,
  isStillAt,
  keepPlace,
  type Place,
  takePlace,
  unlessEnded,
} from '@/lib/features/audience/freezing-run';
import { groupMembers, type MemberGroup, writeMemberCounts } from '@/lib/features/audience/member-counts';
import {
  type AudienceQuery,
  audienceJoins,
  exclusionReason,
  includedWhere,
  inRange,
  onlyList,
  snapshotOf,
} from '@/lib/features/audience/member-query';
import { excludeDuplicateAddresses, markSharedAddresses } from '@/lib/features/audience/shared-addresses';
import { type ContactRange, knownLater, nextRanges, sideBySide } from '@/lib/features/audience/side-by-side';

const CHUNK = 50_000;
/** Ranges of a list that are frozen at once: PostgreSQL works on each with a core of its own. */
const LANES = 2;
/** Fewer rows than this mislead no planner. */
const ANALYZE_FROM = 1_000;

function queryOf(run: FreezingRun): AudienceQuery {
  return {
    workspaceId: run.workspaceId,
    audience: run.audience,
    segmentRules: run.frozen.segmentRules,
    gateChannel: gateChannelOf(run.frozen.flow, run.fromStep),
    campaignId: run.campaignId,
    bounceLimit: run.bounceLimit,
    now: run.startedAt,
    timeZone: run.timeZone,
  };
}

/** Where a range of a list ends that begins after a contact; null where the rest is not more, or the audience is no list. */
async function endOfRange({ sql }: Tx, q: AudienceQuery, after: string, size: number): Promise<string | null> {
  const listId = onlyList(q);
  if (!listId) return null;
  const [end] = await sql<{ id: string }[]>`
    select contact_id as id from subscriptions
    where workspace_id = ${q.workspaceId} and list_id = ${listId} and contact_id > ${after}
    order by contact_id offset ${size - 1} limit 1`;
  return end?.id ?? null;
}

interface Page {
  /** The last contact of it; null when there is none. */
  last: string | null;
  n: number;
  included: number;
}

/**
 * Finds out about every contact of a range: in, or out and why. It is kept beside until it is known how many come before,
 * because that decides about waves. A list's range is read to its end, whoever has come to the list since it was measured.
 */
async function readPage(tx: Tx, run: FreezingRun, range: ContactRange, size: number): Promise<Page> {
  const { sql } = tx;
  const q: AudienceQuery = { ...queryOf(run), range };
  await readInMemory(tx);
  await sql`
    create temporary table freezing_page on commit drop as
    select p.*, count(*) filter (where reason is null) over (order by id rows unbounded preceding) as nth
    from (
      select c.id, c.email, c.phone, ${exclusionReason(sql, q)} as reason, ${snapshotOf(sql, run.frozen.fields)} as snapshot
      from contacts c ${audienceJoins(sql, q)}
      where c.workspace_id = ${run.workspaceId} and ${inRange(sql, q, sql`c.id`)} and ${includedWhere(sql, q)}
      order by c.id ${range.upTo === null ? sql`limit ${size}` : sql``}
    ) p`;
  const [page] = await sql<Page[]>`
    select max(id) as last, count(*)::int as n, coalesce(max(nth), 0)::int as included from freezing_page`;
  return page ?? { last: null, n: 0, included: 0 };
}

/** Makes members of the page; answers how many are out for which reason and in which wave, where somebody reads that now. */
async function insertPage({ sql }: Tx, run: FreezingRun, done: number, isStarted: boolean): Promise<MemberGroup[]> {
  const waveSize = run.frozen.policy.waveSize ?? 2_000_000_000;
  const wave = sql`case when reason is null then ((${done} + nth - 1) / ${waveSize} + 1)::int end`;
  // once a contact has a row its chunk is behind the cursor, so nothing here can be there already
  await sql`
    insert into run_members (workspace_id, run_id, contact_id, wave, exclusion, email, phone, snapshot)
    select ${run.workspaceId}, ${run.id}, id, ${wave}, reason, case when reason is null then email end,
           case when reason is null then phone end, case when reason is null then snapshot end
    from freezing_page order by id`;
  if (!isStarted) return [];
  return await sql<MemberGroup[]>`
    select reason as exclusion, ${wave} as wave, count(*)::int as n from freezing_page group by 1, 2`;
}

/** Ends the freezing: everybody is in, so who shares an address with whom is known, and the counts are final. */
async function closeMembership(tx: Tx, run: FreezingRun, { isStarted }: Place): Promise<void> {
  await excludeDuplicateAddresses(tx, run);
  await markSharedAddresses(tx, run);
  await writeMemberCounts(tx, run, await groupMembers(tx, run), 'set');
  // those who are sent to already are the first by their ids; the others follow
  const [queued] = isStarted
    ? await tx.sql<{ after: string; done: number }[]>`
        select max(d.contact_id) as after, count(*)::int as done from batches b join deliveries d on d.batch_id = b.id
        where b.workspace_id = ${run.workspaceId} and b.run_id = ${run.id} and d.repeat = 0
          and d.step = (select min(step) from batches where workspace_id = ${run.workspaceId} and run_id = ${run.id})`
    : [];
  await keepPlace(tx, run, { phase: 'deliveries', after: queued?.after ?? '', done: queued?.done ?? 0 });
}

export interface Freezing {
  /** Nothing is left to freeze, or not now. */
  done: boolean;
  members: number;
  /** There are members now, and more will come: the first of them need not wait for the others. */
  mayStart: boolean;
}

interface Chunk extends Freezing {
  isLast: boolean;
}

const NOTHING: Chunk = { done: true, members: 0, mayStart: false, isLast: false };

/**
 * Freezes the next chunks of the audience: every contact of the lists becomes a member row, included or excluded with its
 * reason; ranges of a list side by side. Chunk and cursor commit together, and no chunk before the one in front of it, so a
 * crash repeats nothing and skips nobody. Answers whether all are in.
 */
export async function freezeAudienceChunk(
  ctx: Ctx,
  run: FreezingRun,
  { size = CHUNK, lanes = LANES }: { size?: number; lanes?: number } = {},
): Promise<Freezing> {
  const next = await withTx(ctx, async (tx) => {
    const place = await takePlace(tx, run);
    if (place?.phase !== 'members') return null;
    const q = queryOf(run);
    return { place, ranges: await nextRanges(place.after, lanes, (after) => endOfRange(tx, q, after, size)) };
  });
  if (!next) return NOTHING;
  const { place, ranges } = next;
  if (place.after === '') await acquaintPlanner(run);
  const start: Chunk = { ...NOTHING, done: false, members: place.done };
  let counted = Promise.resolve(place.done);
  const freezeRange = (range: ContactRange, inFront: Promise<Chunk>, isFirst: boolean) => {
    const before = counted;
    const known = knownLater<number>();
    counted = known.promise;
    const frozen = withTx(ctx, async (tx): Promise<Chunk> => {
      // whoever else freezes this run has gone on meanwhile, or waits until this chunk is in
      if (isFirst && !(await isStillAt(tx, run, place))) return NOTHING;
      const page = await readPage(tx, run, range, size);
      const done = await before;
      const members = done + page.included;
      known.resolve(members);
      const groups = await insertPage(tx, run, done, place.isStarted);
      crashPoint('in_freeze');
      await inFront;
      const after = range.upTo ?? page.last;
      const isLast = range.upTo === null && page.n < size;
      if (after === null) {
        if (isFirst) await closeMembership(tx, run, place);
        return { done: isFirst, members, mayStart: false, isLast: !isFirst };
      }
      await keepPlace(tx, run, { phase: 'members', after, done: members }, range.after);
      if (place.isStarted) await writeMemberCounts(tx, run, groups, 'add');
      return { done: false, members, mayStart: !place.isStarted && !isLast && members > 0, isLast };
    });
    // whoever waits for the count of a range that failed fails with it
    frozen.then(({ members }) => known.resolve(members), known.reject);
    return frozen;
  };
  const { isLast, ...freezing } = await unlessEnded(NOTHING, () => sideBySide(ranges, start, freezeRange));
  // all are in: duplicates are looked for, and sending starts, before autovacuum would look at the new rows
  if (isLast && freezing.members >= ANALYZE_FROM) await pool()`analyze run_members`;
  return freezing;
}
