import type { Tx } from '@/lib/db/client';
import type { Finding } from '@/lib/domain/preflight';
import type { RunStatus } from '@/lib/domain/run';
import {
  type AudienceQuery,
  audienceJoins,
  exclusionReason,
  includedWhere,
} from '@/lib/features/audience/member-query';

/** Another run that reaches the same people on the same day. */
export interface Clash {
  runId: string;
  name: string;
  status: RunStatus;
  at: Date;
  /** People in both audiences; null while the other one is not frozen yet. */
  people: number | null;
}

interface Row extends Clash {
  isFrozen: boolean;
}

const NUMBER = new Intl.NumberFormat('en');

/** Runs of the workspace's day that send, have sent or will send to people of this audience. */
export async function findClashes(
  { sql }: Tx,
  query: AudienceQuery,
  startAt: Date,
  /** The run these findings are about, once it is launched. */
  ownRunId: string | null,
): Promise<Clash[]> {
  const ws = query.workspaceId;
  if (query.audience.include.length === 0) return [];
  const runs = await sql<Row[]>`
    select r.id as "runId", r.name, r.status, coalesce(r.started_at, r.scheduled_at, r.created_at) as at,
           r.freeze_cursor like 'deliveries:%' as "isFrozen", null::int as people
    from runs r join workspaces w on w.id = r.workspace_id
    where r.workspace_id = ${ws} and r.status not in ('cancelled', 'failed') and r.id is distinct from ${ownRunId}
      and (coalesce(r.started_at, r.scheduled_at, r.created_at) at time zone w.time_zone)::date
          = (${startAt}::timestamptz at time zone w.time_zone)::date
    order by at limit 20`;
  const frozen = runs.filter(({ isFrozen }) => isFrozen).map(({ runId }) => runId);
  const shared =
    frozen.length === 0
      ? []
      : await sql<{ runId: string; n: number }[]>`
          select m.run_id as "runId", count(*)::int as n
          from run_members m join contacts c on c.workspace_id = m.workspace_id and c.id = m.contact_id
            ${audienceJoins(sql, query)}
          where m.workspace_id = ${ws} and m.run_id = any(${frozen}::text[]) and m.wave is not null
            and ${includedWhere(sql, query)} and ${exclusionReason(sql, query)} is null
          group by m.run_id`;
  return runs.flatMap(({ isFrozen, ...run }) => {
    const people = isFrozen ? (shared.find(({ runId }) => runId === run.runId)?.n ?? 0) : null;
    return people === 0 ? [] : [{ ...run, people }];
  });
}

export function clashFindings(clashes: readonly Clash[], audience: number): Finding[] {
  return clashes.map(({ runId, name, people }) => {
    const fix = { label: 'Open that run', href: `/runs/${runId}` };
    if (people === null) {
      return {
        level: 'note',
        code: `clash:${runId}`,
        title: `“${name}” goes out on the same day; whom it reaches is known when it starts`,
        fix,
      };
    }
    return {
      level: 'warning',
      code: `clash:${runId}`,
      title: `${NUMBER.format(people)} of ${NUMBER.format(audience)} people get “${name}” on the same day`,
      contacts: people,
      fix,
    };
  });
}

/** How many of the audience were accepted a message by an earlier run of the same campaign. */
export async function countRepeats({ sql }: Tx, query: AudienceQuery): Promise<number> {
  const ws = query.workspaceId;
  if (query.audience.include.length === 0 || query.campaignId === null) return 0;
  const [before] = await sql`
    select 1 from runs where workspace_id = ${ws} and campaign_id = ${query.campaignId} limit 1`;
  if (!before) return 0;
  const [row] = await sql<{ n: number }[]>`
    select count(*)::int as n from contacts c ${audienceJoins(sql, query)}
    where c.workspace_id = ${ws} and ${includedWhere(sql, query)} and ${exclusionReason(sql, query)} is null
      and exists (select 1 from deliveries d join runs r on r.workspace_id = d.workspace_id and r.id = d.run_id
        where d.workspace_id = ${ws} and d.contact_id = c.id and d.history_id is not null
          and r.campaign_id = ${query.campaignId})`;
  return row?.n ?? 0;
}
