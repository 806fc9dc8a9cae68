import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { nextOccurrences, type RecurrencePlan } from '@/lib/domain/recurrence';
import type { Planned } from '@/lib/domain/service-history';
import { type Dispatch, planFor } from '@/lib/features/service/plan-for-contact';

const MOST_CAMPAIGNS = 40;
/** So many occurrences of a campaign are looked at, and so far ahead. */
const MOST_OCCURRENCES = 3;
const HORIZON_MS = 30 * 86_400_000;

type Row = Dispatch & { plan: RecurrencePlan | null; event: string | null; skipped: string[] };

/** Active campaigns that recur or listen to an event, with what their versions say; of the content only the kinds of steps. */
async function activeCampaigns({ sql }: Tx, ws: string): Promise<Row[]> {
  return await sql<Row[]>`
    select k.id as "campaignId", k.name as campaign, v.frozen -> 'audience' as audience, v.frozen -> 'segmentRules' as "segmentRules",
      (select coalesce(jsonb_agg(jsonb_build_object('kind', s -> 'kind', 'continueWhen', s -> 'continueWhen')), '[]')
        from jsonb_array_elements(v.frozen -> 'flow') s) as flow,
      coalesce((w.settings ->> 'bounceLimit')::int, 3) as "bounceLimit", w.time_zone as "timeZone",
      c.plan, case when c.plan is null then v.frozen #>> '{trigger,event}' end as event,
      array(select to_char(o.planned_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') from occurrences o
        where o.workspace_id = k.workspace_id and o.campaign_id = k.id and o.state = 'skipped' and o.planned_at > now()) as skipped
    from campaigns k join workspaces w on w.id = k.workspace_id
    left join recurrences c on c.workspace_id = k.workspace_id and c.campaign_id = k.id and c.status = 'active'
    cross join lateral (
      select frozen from campaign_versions v where v.workspace_id = k.workspace_id and v.campaign_id = k.id
        and (c.version_id is null or v.id = c.version_id) order by number desc limit 1) v
    where k.workspace_id = ${ws} and k.status = 'active' and (c.plan is not null or v.frozen ? 'trigger')
    order by c.next_at nulls last, k.id limit ${MOST_CAMPAIGNS}`;
}

function same(a: Planned, b: Planned): boolean {
  const key = ({ verdict, reason, sources, optOut }: Planned) => JSON.stringify([verdict, reason, sources, optOut]);
  return key(a) === key(b);
}

/** The next occurrences of one campaign; those that do the same for this contact are one line. */
async function planOfOccurrences(tx: Tx, ctx: Ctx, contactId: string, row: Row, now: Date): Promise<Planned[]> {
  if (!row.plan) return [];
  const { campaignId, campaign } = row;
  const moments = nextOccurrences(row.plan, now, MOST_OCCURRENCES + row.skipped.length)
    .filter((at) => at.getTime() < now.getTime() + HORIZON_MS && !row.skipped.includes(at.toISOString()))
    .slice(0, MOST_OCCURRENCES);
  const planned: Planned[] = [];
  for (const moment of moments) {
    const at = moment.toISOString();
    const verdict = await planFor(tx, ctx, contactId, row, moment, now);
    const next: Planned = { runId: null, campaignId, campaign, at, also: [], event: null, paused: false, ...verdict };
    const before = planned.at(-1);
    if (before && same(before, next)) before.also.push(at);
    else planned.push(next);
  }
  return planned;
}

/** What active campaigns that recur or wait for an event would do for this contact, and why. */
export async function plannedCampaigns(tx: Tx, ctx: Ctx, contactId: string, now: Date): Promise<Planned[]> {
  const planned: Planned[] = [];
  for (const row of await activeCampaigns(tx, ctx.workspaceId)) {
    const { campaignId, campaign, event } = row;
    if (row.plan) planned.push(...(await planOfOccurrences(tx, ctx, contactId, row, now)));
    else if (event) {
      const verdict = await planFor(tx, ctx, contactId, row, now, now);
      planned.push({ runId: null, campaignId, campaign, at: null, also: [], event, paused: false, ...verdict });
    }
  }
  return planned;
}
