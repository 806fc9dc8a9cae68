import { pool } from '@/lib/db/client';
import { GroupCommit } from '@/lib/db/group-commit';

export interface Hit {
  deliveryId: string;
  kind: 'open' | 'click';
  link: number | null;
  ip: string | null;
  userAgent: string | null;
}

/** The message a hit belongs to. */
export interface HitPlace {
  workspaceId: string;
  runId: string;
  contactId: string;
  step: number;
}

type PlaceRow = HitPlace & { n: number };

/**
 * Writes a group of hits in one statement: those whose workspace and contact allow it, the first open or click of
 * deliveries that had none (a click is an open too), and its line of history. Answers the place of each hit, or null
 * where there is no such delivery.
 */
export async function writeHits(hits: Hit[]): Promise<(HitPlace | null)[]> {
  const rows = await pool()<PlaceRow[]>`
    with h as (
      select * from unnest(${hits.map((hit) => hit.deliveryId)}::bigint[], ${hits.map((hit) => hit.kind)}::text[],
        ${hits.map((hit) => hit.link)}::smallint[], ${hits.map((hit) => hit.ip)}::text[],
        ${hits.map((hit) => hit.userAgent)}::text[]) with ordinality as t(delivery_id, kind, link, ip, agent, n)
    ), placed as (
      select h.*, d.workspace_id, d.run_id, d.contact_id, d.step, d.opened_at, d.clicked_at,
             coalesce((w.settings ->> case h.kind when 'open' then 'trackOpens' else 'trackClicks' end)::boolean, true)
               and c.id is not null and not c.tracking_off and c.erased_at is null as wanted
      from h join deliveries d on d.id = h.delivery_id join workspaces w on w.id = d.workspace_id
      left join contacts c on c.workspace_id = d.workspace_id and c.id = d.contact_id
    ), stored as (
      insert into tracking_hits (workspace_id, delivery_id, kind, link, ip, user_agent)
      select workspace_id, delivery_id, kind, link, ip, agent from placed where wanted order by n
    ), first as (
      select delivery_id, bool_or(kind = 'click') as clicked from placed
      where wanted and (opened_at is null or (kind = 'click' and clicked_at is null)) group by 1
    ), target as (
      select d.id, d.opened_at is null as opens, first.clicked and d.clicked_at is null as clicks
      from deliveries d join first on first.delivery_id = d.id order by d.id for no key update of d
    ), touched as (
      update deliveries d set opened_at = coalesce(d.opened_at, now()),
        clicked_at = case when t.clicks then now() else d.clicked_at end
      from target t where d.id = t.id and (t.opens or t.clicks)
      returning d.id, d.workspace_id, d.contact_id, d.step, d.run_id, t.opens, t.clicks
    ), told as (
      insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
      select workspace_id, contact_id, k.type, step, id, run_id, '{"source":"tracking"}'::jsonb
      from touched cross join (values (1, 'email.opened'), (2, 'email.clicked')) k(place, type)
      where case k.place when 1 then opens else clicks end order by k.place, id
    )
    select (n - 1)::int as n, workspace_id as "workspaceId", run_id as "runId", contact_id as "contactId", step
    from placed`;
  const places: (HitPlace | null)[] = hits.map(() => null);
  for (const { n, ...place } of rows) places[n] = place;
  return places;
}

const shared = globalThis as unknown as { waybillHits?: GroupCommit<Hit, HitPlace | null> };
const MAX_AGENT_LENGTH = 400;

/**
 * Stores an open or click as it came, with agent and address, and resolves once it is committed: an acknowledged hit is
 * never lost. Hits of the same five milliseconds share a transaction. Where tracking is off nothing is stored.
 */
export function recordHit(hit: Hit): Promise<HitPlace | null> {
  shared.waybillHits ??= new GroupCommit(writeHits);
  const userAgent = hit.userAgent?.replaceAll('\0', '').slice(0, MAX_AGENT_LENGTH) ?? null;
  return shared.waybillHits.add({ ...hit, userAgent });
}
