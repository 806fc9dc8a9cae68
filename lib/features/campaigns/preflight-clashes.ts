import type { Tx } from '@/lib/db/client';
import type { Finding } from '@/lib/domain/preflight';
import { momentWords } from '@/lib/domain/recurrence-words';
import type { RunStatus } from '@/lib/domain/run';
import { readInMemory } from '@/lib/features/audience/count-audience';
import { type AudienceQuery, membersOf } from '@/lib/features/audience/member-query';
import { daysOf, findComing } from '@/lib/features/campaigns/preflight-coming';

/** Another run, or another campaign's occurrence to come, that reaches the same people on the same day. */
export interface Clash {
  campaignId: string;
  /** Null for an occurrence to come, which has no run yet. */
  runId: string | null;
  name: string;
  status: RunStatus;
  at: Date;
  /** On how many of the days that were looked at. */
  days: number;
  /** People in both audiences; null while that is not known. */
  people: number | null;
}

interface Row extends Clash {
  runId: string;
  isFrozen: boolean;
}

/** What is looked at beside what else goes out. */
export interface ClashQuestion {
  /** When it goes out: its start, or its next occurrences. */
  moments: readonly Date[];
  isRecurring: boolean;
  /** The run these findings are about, once it is launched. */
  ownRunId: string | null;
}

const NUMBER = new Intl.NumberFormat('en');

async function findRuns(tx: Tx, query: AudienceQuery, { moments, ownRunId }: ClashQuestion): Promise<Clash[]> {
  const { sql } = tx;
  await readInMemory(tx);
  const ws = query.workspaceId;
  const runs = await sql<Row[]>`
    select r.campaign_id as "campaignId", r.id as "runId", r.name, r.status, 1 as days, coalesce(r.started_at, r.scheduled_at, r.created_at) as at,
           r.freeze_cursor like 'deliveries:%' as "isFrozen", null::int as people
    from runs r join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${ws} and r.status not in ('cancelled', 'failed') and r.id is distinct from ${ownRunId}
      and (coalesce(r.started_at, r.scheduled_at, r.created_at) at time zone w.time_zone)::date
          in (select (m at time zone w.time_zone)::date from unnest(${moments.map((at) => at.toISOString())}::timestamptz[]) m)
    order by at limit 20`;
  const frozen = runs.filter(({ isFrozen }) => isFrozen).map(({ runId }) => runId);
  const shared =
    frozen.length === 0
      ? []
      : await sql<{ runId: string; n: number }[]>`
          with mine as materialized (${membersOf(sql, query)}),
          theirs as materialized (
            select run_id, contact_id from run_members
            where workspace_id = ${ws} and run_id = any(${frozen}::text[]) and wave is not null)
          select run_id as "runId", count(*)::int as n from theirs join mine on mine.id = theirs.contact_id group by run_id`;
  return runs.flatMap(({ isFrozen, ...run }) => {
    const people = isFrozen ? (shared.find(({ runId }) => runId === run.runId)?.n ?? 0) : null;
    return people === 0 ? [] : [{ ...run, people }];
  });
}

/**
 * What sends, has sent or will send to people of this audience on the days on which it goes out, by the workspace's clock:
 * runs, and the occurrences to come of campaigns that recur.
 */
export async function findClashes(tx: Tx, query: AudienceQuery, question: ClashQuestion): Promise<Clash[]> {
  if (query.audience.include.length === 0) return [];
  const runs = await findRuns(tx, query, question);
  const coming = await findComing(tx, query, question.moments, question.isRecurring ? query.campaignId : null);
  return [...runs, ...coming.map((one) => ({ ...one, runId: null, status: 'scheduled' as const }))];
}

function whenWords({ at, days }: Clash, moments: readonly Date[], timeZone: string): string {
  const when = momentWords(at, timeZone);
  const own = daysOf(moments, timeZone).length;
  return own > 1
    ? `It comes on ${NUMBER.format(days)} of the next ${NUMBER.format(own)} days of this campaign, first on ${when}.`
    : `Its occurrence of ${when}, counted as things stand now.`;
}

export function clashFindings(
  clashes: readonly Clash[],
  audience: number,
  moments: readonly Date[],
  timeZone: string,
): Finding[] {
  return clashes.map((clash) => {
    const { campaignId, runId, name, people } = clash;
    const about = {
      code: `clash:${runId ?? campaignId}`,
      ...(runId === null && { detail: whenWords(clash, moments, timeZone) }),
      fix:
        runId === null
          ? { label: 'Open its occurrences', href: `/campaigns/${campaignId}/occurrences` }
          : { label: 'Open that run', href: `/runs/${runId}` },
    };
    if (people === null) {
      return {
        level: 'note',
        title: `“${name}” goes out on the same day; whom it reaches is known when it starts`,
        ...about,
      };
    }
    const title = `${NUMBER.format(people)} of ${NUMBER.format(audience)} people get “${name}” on the same day`;
    return { level: 'warning', title, contacts: people, ...about };
  });
}

/** More messages of a campaign than this are not compared with an audience while somebody waits. */
const MOST_SENT = 5_000_000;

/**
 * How many of the audience were accepted a message by an earlier run of the same campaign; null where it sent too many to
 * compare.
 */
export async function countRepeats(tx: Tx, query: AudienceQuery): Promise<number | null> {
  const { sql } = tx;
  const { workspaceId, campaignId } = query;
  if (query.audience.include.length === 0 || campaignId === null) return 0;
  const [before] = await sql<{ sent: number }[]>`
    select coalesce(sum(k.n), 0)::float8 as sent from runs r
    join run_counters k on k.workspace_id = r.workspace_id and k.run_id = r.id and k.state = 'accepted'
    where r.workspace_id = ${workspaceId} and r.campaign_id = ${campaignId}`;
  if (!before || before.sent === 0) return 0;
  if (before.sent > MOST_SENT) return null;
  await readInMemory(tx);
  const [row] = await sql<{ n: number }[]>`
    with mine as materialized (${membersOf(sql, query)}),
    reached as materialized (
      select d.contact_id from runs r join batches b on b.workspace_id = r.workspace_id and b.run_id = r.id
      join deliveries d on d.batch_id = b.id and d.history_id is not null
      where r.workspace_id = ${workspaceId} and r.campaign_id = ${campaignId})
    select count(*)::int as n from mine where id in (select contact_id from reached)`;
  return row?.n ?? 0;
}
