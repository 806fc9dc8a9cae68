import { type Tx, withSystemTx } from '@/lib/db/client';
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

type PlaceRow = HitPlace & { n: number; deliveryId: string; isFirstOpen: boolean; isFirstClick: boolean };

/** Appends the hits whose workspace and contact allow it; answers the place of every known delivery. */
async function appendHits({ sql }: Tx, hits: Hit[]): Promise<PlaceRow[]> {
  return await sql<PlaceRow[]>`
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
    ), ins as (
      insert into tracking_hits (workspace_id, delivery_id, kind, link, ip, user_agent)
      select workspace_id, delivery_id, kind, link, ip, agent from placed where wanted order by n
    )
    select (n - 1)::int as n, delivery_id as "deliveryId", workspace_id as "workspaceId", run_id as "runId",
           contact_id as "contactId", step, wanted and opened_at is null as "isFirstOpen",
           wanted and kind = 'click' and clicked_at is null as "isFirstClick"
    from placed`;
}

/** Sets the first open or click of deliveries that had none, with its line of history; a click is an open too. */
async function foldFirstHits({ sql }: Tx, column: 'opened_at' | 'clicked_at', rows: PlaceRow[]): Promise<void> {
  if (rows.length === 0) return;
  const ids = [...new Set(rows.map((row) => row.deliveryId))];
  await sql`
    with target as (
      select id from deliveries where id = any(${ids}::bigint[]) and ${sql(column)} is null order by id for no key update
    ), upd as (
      update deliveries d set ${sql(column)} = now() from target where d.id = target.id
      returning d.id, d.workspace_id, d.contact_id, d.step, d.run_id
    )
    insert into interactions (workspace_id, contact_id, type, step, delivery_id, run_id, data)
    select workspace_id, contact_id, ${column === 'opened_at' ? 'email.opened' : 'email.clicked'}, step, id, run_id,
           '{"source":"tracking"}'::jsonb
    from upd order by id`;
}

/** Writes a group of hits in one transaction; answers the place of each, or null where there is no such delivery. */
export async function writeHits(hits: Hit[]): Promise<(HitPlace | null)[]> {
  const rows = await withSystemTx(async (tx) => {
    const placed = await appendHits(tx, hits);
    await foldFirstHits(
      tx,
      'opened_at',
      placed.filter((row) => row.isFirstOpen),
    );
    await foldFirstHits(
      tx,
      'clicked_at',
      placed.filter((row) => row.isFirstClick),
    );
    return placed;
  });
  const places: (HitPlace | null)[] = hits.map(() => null);
  for (const { n, workspaceId, runId, contactId, step } of rows) places[n] = { workspaceId, runId, contactId, step };
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
