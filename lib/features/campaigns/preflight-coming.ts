import type { Tx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { type Audience, addressChannelOf, gateChannelOf } from '@/lib/domain/campaign';
import { nextOccurrences, planRecurrence, type RecurrencePlan } from '@/lib/domain/recurrence';
import { fromWallClock, toWallClock } from '@/lib/domain/zoned-time';
import { type AudienceQuery, membersOf } from '@/lib/features/audience/member-query';
import type { Campaign } from '@/lib/features/campaigns/get-campaign';

/** So many occurrences of a campaign that recurs itself are looked at. */
const OWN_OCCURRENCES = 8;
const MOST_CAMPAIGNS = 40;
/** Whole audiences are compared: once this has taken so long, the people of the other campaigns are not counted. */
const COUNT_WITHIN_MS = 3_000;

/** A campaign that recurs and comes on one of the days, with whom it would reach as things stand. */
export interface ComingClash {
  campaignId: string;
  name: string;
  /** Its first occurrence on one of them. */
  at: Date;
  /** On how many of the days it comes. */
  days: number;
  /** People in both audiences; null where they were not counted. */
  people: number | null;
}

interface Row {
  campaignId: string;
  name: string;
  plan: RecurrencePlan;
  audience: Audience;
  segmentRules: Record<string, unknown>;
  flow: { kind: string; continueWhen?: 'accepted' | 'settled' }[];
  /** Moments in the future that somebody leaves out. */
  skipped: string[];
}

const skippedOf = ({ sql }: Tx, campaignId: ReturnType<Tx['sql']>) => sql`
  array(select to_char(o.planned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from occurrences o
    where o.workspace_id = w.id and o.campaign_id = ${campaignId} and o.state = 'skipped' and o.planned_at > now())`;

function occurrencesOf(plan: RecurrencePlan, skipped: readonly string[], after: Date, n: number): Date[] {
  return nextOccurrences(plan, after, n + skipped.length)
    .filter((at) => !skipped.includes(at.toISOString()))
    .slice(0, n);
}

/** The next occurrences a recurring draft would have, without those that somebody leaves out; none for other drafts. */
export async function ownOccurrences(tx: Tx, ws: string, campaign: Campaign, timeZone: string): Promise<Date[]> {
  const { schedule } = campaign.draft;
  if (schedule.kind !== 'recurring') return [];
  const { sql } = tx;
  const [row] = await sql<{ skipped: string[] }[]>`
    select ${skippedOf(tx, sql`${campaign.id}`)} as skipped from workspaces w where w.id = ${ws}`;
  const now = databaseNow();
  return occurrencesOf(planRecurrence(schedule, { timeZone, now }), row?.skipped ?? [], now, OWN_OCCURRENCES);
}

/** The days of moments by the clock of the workspace, in their order. */
export function daysOf(moments: readonly Date[], timeZone: string): string[] {
  return [...new Set(moments.map((at) => toWallClock(at.toISOString(), timeZone).slice(0, 10)))];
}

/** The first occurrence of each of these days, by the clock of the workspace. */
function onDays({ plan, skipped }: Row, days: readonly string[], timeZone: string): Date[] {
  const now = databaseNow();
  return days.flatMap((day) => {
    const startMs = Date.parse(fromWallClock(`${day}T00:00`, timeZone) ?? now.toISOString());
    const [at] = occurrencesOf(plan, skipped, new Date(Math.max(now.getTime(), startMs - 1)), 1);
    return at && toWallClock(at.toISOString(), timeZone).startsWith(day) ? [at] : [];
  });
}

/** How many of an audience another campaign would reach too, by the conditions that freezing will use. */
async function countShared({ sql }: Tx, query: AudienceQuery, other: Row, at: Date): Promise<number> {
  const { campaignId, audience, segmentRules, flow } = other;
  const channels = { gateChannel: gateChannelOf(flow), addressChannel: addressChannelOf(flow) };
  const theirs: AudienceQuery = { ...query, ...channels, campaignId, audience, segmentRules, now: at };
  const [row] = await sql<{ n: number }[]>`
    with mine as materialized (${membersOf(sql, query)}), theirs as materialized (${membersOf(sql, theirs)})
    select count(*)::int as n from mine where id in (select id from theirs)`;
  return row?.n ?? 0;
}

/** Active campaigns that recur and will reach people of this audience on the days of these moments, the soonest first. */
export async function findComing(
  tx: Tx,
  query: AudienceQuery,
  moments: readonly Date[],
  /** A recurring campaign is no clash with itself. */
  exceptId: string | null,
): Promise<ComingClash[]> {
  const { sql } = tx;
  const { timeZone } = query;
  const rows = await sql<Row[]>`
    select k.id as "campaignId", k.name, c.plan, v.frozen -> 'audience' as audience, v.frozen -> 'segmentRules' as "segmentRules",
      (select coalesce(jsonb_agg(jsonb_build_object('kind', s -> 'kind', 'continueWhen', s -> 'continueWhen')), '[]')
        from jsonb_array_elements(v.frozen -> 'flow') s) as flow, ${skippedOf(tx, sql`k.id`)} as skipped
    from recurrences c join workspaces w on w.id = c.workspace_id
    join campaigns k on k.workspace_id = c.workspace_id and k.id = c.campaign_id
    join campaign_versions v on v.workspace_id = c.workspace_id and v.id = c.version_id
    where c.workspace_id = ${query.workspaceId} and c.status = 'active' and c.campaign_id is distinct from ${exceptId}
    order by c.next_at, k.id limit ${MOST_CAMPAIGNS}`;
  const days = daysOf(moments, timeZone);
  const coming = rows.flatMap((row) => {
    const [at, ...later] = onDays(row, days, timeZone);
    return at ? [{ ...row, at, days: 1 + later.length }] : [];
  });
  coming.sort((a, b) => a.at.getTime() - b.at.getTime());
  const startedAt = performance.now();
  const clashes: ComingClash[] = [];
  for (const row of coming) {
    const { campaignId, name, at, days: n } = row;
    const isInTime = performance.now() - startedAt < COUNT_WITHIN_MS;
    const people = isInTime ? await countShared(tx, query, row, at) : null;
    if (people !== 0) clashes.push({ campaignId, name, at, days: n, people });
  }
  return clashes;
}
