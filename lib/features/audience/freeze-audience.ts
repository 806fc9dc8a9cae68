import type { Ctx } from '@/lib/context';
import { pool, type Tx, withTx } from '@/lib/db/client';
import { crashPoint } from '@/lib/db/crash-point';
import { type Audience, addressChannelOf, gateChannelOf } from '@/lib/domain/campaign';
import { readInMemory } from '@/lib/features/audience/count-audience';
import {
  type AudienceQuery,
  audienceJoins,
  exclusionReason,
  includedWhere,
  inRange,
  onlyList,
  snapshotOf,
} from '@/lib/features/audience/member-query';

const CHUNK = 50_000;
/** Fewer rows than this mislead no planner. */
const ANALYZE_FROM = 1_000;

/** What freezing needs to know of a run; everything about who is in it is part of its version already. */
interface FreezingRun {
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

async function insertChunk(
  tx: Tx,
  run: FreezingRun,
  after: string,
  done: number,
  size: number,
): Promise<{ last: string | null; included: number; isLast: boolean }> {
  const { sql } = tx;
  const whole = queryOf(run);
  await readInMemory(tx);
  const upTo = await endOfChunk(tx, whole, after, size);
  const q: AudienceQuery = { ...whole, range: { after, upTo } };
  const waveSize = run.frozen.policy.waveSize ?? 2_000_000_000;
  // once a contact has a row its chunk is behind the cursor, so nothing here can be there already
  const [row] = await sql<{ last: string | null; n: number; included: number }[]>`
    with page as materialized (
      select c.id, c.email, c.phone, ${exclusionReason(sql, q)} as reason, ${snapshotOf(sql, run.frozen.fields)} as snapshot
      from contacts c ${audienceJoins(sql, q)}
      where c.workspace_id = ${run.workspaceId} and ${inRange(sql, q, sql`c.id`)} and ${includedWhere(sql, q)}
      order by c.id limit ${size}
    ), numbered as (
      select *, count(*) filter (where reason is null) over (rows unbounded preceding) as n from page
    ), ins as (
      insert into run_members (workspace_id, run_id, contact_id, wave, exclusion, email, phone, snapshot)
      select ${run.workspaceId}, ${run.id}, id,
             case when reason is null then ((${done} + n - 1) / ${waveSize} + 1)::int end, reason,
             case when reason is null then email end, case when reason is null then phone end,
             case when reason is null then snapshot end
      from numbered
    )
    select max(id) as last, count(*)::int as n, count(*) filter (where reason is null)::int as included from page`;
  const { last = null, n = 0, included = 0 } = row ?? {};
  // a full page may have left somebody of its range to the next: whoever came to the list since its end was looked up
  return { last: n < size ? (upTo ?? last) : last, included, isLast: upTo === null && n < size };
}

/**
 * Later members with an address that an earlier member of the audience already has become excluded rows. Addresses are
 * compared by a hash first: a million of those fit into memory, and hardly any is there twice.
 */
async function excludeDuplicateAddresses(tx: Tx, run: FreezingRun): Promise<void> {
  const channel = addressChannelOf(run.frozen.flow, run.fromStep);
  if (!channel) return;
  const { sql } = tx;
  const column = sql(channel === 'email' ? 'email' : 'phone');
  const members = sql`run_members where workspace_id = ${run.workspaceId} and run_id = ${run.id} and wave is not null
    and ${column} is not null`;
  const [doubled] = await sql<{ hashes: string[] | null }[]>`
    select array_agg(h::text) as hashes from (
      select hashtextextended(${column}, 0) as h from ${members} group by 1 having count(*) > 1
    ) d`;
  if (!doubled?.hashes) return;
  // found first, written by key after: the planner knows nothing yet of rows this young and must not join them
  const [later] = await sql<{ ids: string[] | null }[]>`
    select array_agg(contact_id) as ids from (
      select contact_id, row_number() over (partition by ${column} order by contact_id) as n
      from ${members} and hashtextextended(${column}, 0) in (select unnest(${doubled.hashes}::text[]::bigint[]))
    ) m where n > 1`;
  if (!later?.ids) return;
  await sql`
    update run_members set wave = null, exclusion = 'duplicate_address', email = null, phone = null, snapshot = null
    where workspace_id = ${run.workspaceId} and run_id = ${run.id} and contact_id = any(${later.ids}::text[])`;
}

/**
 * Marks the members who share an address of a channel that only later steps use: which of them still gets there is not
 * known yet, so each of those steps decides when it sends.
 */
async function markSharedAddresses(tx: Tx, run: FreezingRun): Promise<void> {
  const first = addressChannelOf(run.frozen.flow, run.fromStep);
  const kinds = new Set(run.frozen.flow.slice(run.fromStep).map(({ kind }) => kind));
  const { sql } = tx;
  for (const channel of ['email', 'sms'] as const) {
    if (!first || channel === first || !kinds.has(channel)) continue;
    const column = sql(channel === 'email' ? 'email' : 'phone');
    const members = sql`run_members where workspace_id = ${run.workspaceId} and run_id = ${run.id} and wave is not null
      and ${column} is not null`;
    await readInMemory(tx);
    const [doubled] = await sql<{ hashes: string[] | null }[]>`
      select array_agg(h::text) as hashes from (
        select hashtextextended(${column}, 0) as h from ${members} group by 1 having count(*) > 1
      ) d`;
    if (!doubled?.hashes) continue;
    await sql`
      update run_members set shares_address = true
      where workspace_id = ${run.workspaceId} and run_id = ${run.id} and wave is not null
        and hashtextextended(${column}, 0) in (select unnest(${doubled.hashes}::text[]::bigint[]))`;
  }
}

async function closeMembership(tx: Tx, run: FreezingRun): Promise<void> {
  const { sql } = tx;
  await excludeDuplicateAddresses(tx, run);
  await markSharedAddresses(tx, run);
  // read by itself, because PostgreSQL reads in parallel only where nothing is written
  const groups = await sql<{ exclusion: string | null; wave: number | null; n: number }[]>`
    select exclusion, wave, count(*)::int as n from run_members
    where workspace_id = ${run.workspaceId} and run_id = ${run.id} group by exclusion, wave`;
  await sql`
    with counted as materialized (
      select * from jsonb_to_recordset(${JSON.stringify(groups)}::text::jsonb) as g (exclusion text, wave int, n int)
    ), excluded as (
      insert into run_exclusions (workspace_id, run_id, reason, n)
      select ${run.workspaceId}, ${run.id}, exclusion, n from counted where exclusion is not null
      on conflict (workspace_id, run_id, reason) do update set n = excluded.n
    ), included as (
      insert into waves (workspace_id, run_id, number, size)
      select ${run.workspaceId}, ${run.id}, wave, n from counted where wave is not null on conflict do nothing
    )
    update runs r set freeze_cursor = 'deliveries:', freeze_done = 0, list_total = t.total, audience_count = t.included,
      excluded_count = t.total - t.included, wave_count = t.waves, last_progress_at = now()
    from (select coalesce(sum(n), 0)::int as total, coalesce(sum(n) filter (where wave is not null), 0)::int as included,
            coalesce(max(wave), 0) as waves from counted) t
    where r.workspace_id = ${run.workspaceId} and r.id = ${run.id}`;
}

/**
 * Freezes one chunk of the audience: every contact of the lists becomes a member row, included or excluded with its
 * reason. Chunk and cursor commit together, so a crash repeats nothing and skips nobody. Answers whether all are in.
 */
export async function freezeAudienceChunk(
  ctx: Ctx,
  run: FreezingRun,
  size = CHUNK,
): Promise<{ done: boolean; members: number }> {
  const chunk = await withTx(ctx, async (tx) => {
    const [state] = await tx.sql<{ freezeCursor: string | null; freezeDone: number }[]>`
      select freeze_cursor as "freezeCursor", freeze_done as "freezeDone" from runs
      where workspace_id = ${run.workspaceId} and id = ${run.id} and status = 'queuing' for update`;
    if (!state || state.freezeCursor?.startsWith('deliveries:')) return { done: true, members: 0, isLast: false };
    const cursor = state.freezeCursor?.slice('members:'.length) ?? '';
    const chunk = await insertChunk(tx, run, cursor, state.freezeDone, size);
    crashPoint('in_freeze');
    if (chunk.last === null) {
      await closeMembership(tx, run);
      return { done: true, members: state.freezeDone, isLast: false };
    }
    const members = state.freezeDone + chunk.included;
    await tx.sql`
      update runs set freeze_cursor = ${`members:${chunk.last}`}, freeze_done = ${members}, last_progress_at = now()
      where workspace_id = ${run.workspaceId} and id = ${run.id}`;
    return { done: false, members, isLast: chunk.isLast };
  });
  // all are in: duplicates are looked for, and sending starts, before autovacuum would look at the new rows
  if (chunk.isLast && chunk.members >= ANALYZE_FROM) await pool()`analyze run_members`;
  return { done: chunk.done, members: chunk.members };
}
