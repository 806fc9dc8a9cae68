import type { Ctx } from '@/lib/context';
import { pool, type Tx, withTx } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import { gateChannelOf } from '@/lib/domain/campaign';
import { readInMemory } from '@/lib/features/audience/count-audience';
import { type FreezingRun, keepPlace, type Place, takePlace, unlessEnded } from '@/lib/features/audience/freezing-run';
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

const CHUNK = 50_000;
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

/** Where the chunk of a list ends; null where the rest is not more than a chunk, or the audience is more than a list. */
async function endOfChunk({ sql }: Tx, q: AudienceQuery, after: string, size: number): Promise<string | null> {
  const listId = onlyList(q);
  if (!listId) return null;
  const [last] = await sql<{ id: string }[]>`
    select contact_id as id from subscriptions
    where workspace_id = ${q.workspaceId} and list_id = ${listId} and contact_id > ${after}
    order by contact_id offset ${size - 1} limit 1`;
  return last?.id ?? null;
}

interface Chunk {
  /** The last contact of the chunk; null when nobody is left. */
  last: string | null;
  included: number;
  isLast: boolean;
  groups: MemberGroup[];
}

async function insertChunk(tx: Tx, run: FreezingRun, { after, done, isStarted }: Place, size: number): Promise<Chunk> {
  const { sql } = tx;
  const whole = queryOf(run);
  await readInMemory(tx);
  const upTo = await endOfChunk(tx, whole, after, size);
  const q: AudienceQuery = { ...whole, range: { after, upTo } };
  const waveSize = run.frozen.policy.waveSize ?? 2_000_000_000;
  const wave = sql`case when reason is null then
    ((${done} + count(*) filter (where reason is null) over (rows unbounded preceding) - 1) / ${waveSize} + 1)::int end`;
  // counted only where somebody reads the counts before everybody is in
  const groups = isStarted
    ? sql`(select jsonb_agg(g) from (select reason as exclusion, wave, count(*)::int as n
           from (select reason, ${wave} as wave from page) p group by 1, 2) g)`
    : sql`null`;
  // once a contact has a row its chunk is behind the cursor, so nothing here can be there already
  const [row] = await sql<{ last: string | null; n: number; included: number; groups: MemberGroup[] | null }[]>`
    with page as materialized (
      select c.id, c.email, c.phone, ${exclusionReason(sql, q)} as reason, ${snapshotOf(sql, run.frozen.fields)} as snapshot
      from contacts c ${audienceJoins(sql, q)}
      where c.workspace_id = ${run.workspaceId} and ${inRange(sql, q, sql`c.id`)} and ${includedWhere(sql, q)}
      order by c.id limit ${size}
    ), ins as (
      insert into run_members (workspace_id, run_id, contact_id, wave, exclusion, email, phone, snapshot)
      select ${run.workspaceId}, ${run.id}, id, ${wave}, reason, case when reason is null then email end,
             case when reason is null then phone end, case when reason is null then snapshot end
      from page
    )
    select max(id) as last, count(*)::int as n, count(*) filter (where reason is null)::int as included, ${groups} as groups
    from page`;
  const { last = null, n = 0, included = 0 } = row ?? {};
  return {
    // a full page may have left somebody of its range to the next: whoever came to the list since its end was looked up
    last: n < size ? (upTo ?? last) : last,
    included,
    isLast: upTo === null && n < size,
    groups: row?.groups ?? [],
  };
}

/** Ends the freezing: everybody is in, so who shares an address with whom is known, and the counts are final. */
async function closeMembership(tx: Tx, run: FreezingRun, { isStarted }: Place): Promise<void> {
  await excludeDuplicateAddresses(tx, run);
  await markSharedAddresses(tx, run);
  await writeMemberCounts(tx, run, await groupMembers(tx, run), 'set');
  // those who are sent to already are the first by their ids; the others follow
  const [queued] = isStarted
    ? await tx.sql<{ after: string; done: number }[]>`
        select max(contact_id) as after, count(*)::int as done from deliveries
        where workspace_id = ${run.workspaceId} and run_id = ${run.id} and resend_of is null
          and step = (select min(step) from deliveries where workspace_id = ${run.workspaceId} and run_id = ${run.id} and resend_of is null)`
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

/**
 * Freezes one chunk of the audience: every contact of the lists becomes a member row, included or excluded with its
 * reason. Chunk and cursor commit together, so a crash repeats nothing and skips nobody. Answers whether all are in.
 */
export async function freezeAudienceChunk(ctx: Ctx, run: FreezingRun, size = CHUNK): Promise<Freezing> {
  const nothing = { done: true, members: 0, mayStart: false, isLast: false };
  const chunk = await unlessEnded(nothing, () =>
    withTx(ctx, async (tx) => {
      const place = await takePlace(tx, run);
      if (place?.phase !== 'members') return nothing;
      const { last, included, isLast, groups } = await insertChunk(tx, run, place, size);
      crashPoint('in_freeze');
      if (last === null) {
        await closeMembership(tx, run, place);
        return { ...nothing, members: place.done };
      }
      const members = place.done + included;
      await keepPlace(tx, run, { phase: 'members', after: last, done: members });
      if (place.isStarted) await writeMemberCounts(tx, run, groups, 'add');
      return { done: false, members, mayStart: !place.isStarted && !isLast && members > 0, isLast };
    }),
  );
  // all are in: duplicates are looked for, and sending starts, before autovacuum would look at the new rows
  const { isLast, ...freezing } = chunk;
  if (isLast && chunk.members >= ANALYZE_FROM) await pool()`analyze run_members`;
  return freezing;
}
