import { type Tx, withSystemTx } from '@/lib/db/client';
import { wantsEvent } from '@/lib/domain/webhook';
import { publicChange } from '@/lib/features/changes/list-changes';
import { newId } from '@/lib/ids';

const LOCK = 7_414_904;
const CHUNK = 1_000;

interface Placed {
  workspaceId: string;
  position: string;
  type: string;
  subjectId: string;
  at: Date;
  data: Record<string, unknown>;
}

/** Gives the oldest committed changes their positions: after the last of their workspace, without a gap. */
async function place({ sql }: Tx): Promise<Placed[]> {
  return await sql<Placed[]>`
    with fresh as (
      select id, workspace_id from changes where position is null order by id limit ${CHUNK}
    ), numbered as (
      select id, row_number() over (partition by workspace_id order by id)
        + (select coalesce(max(position), 0) from changes k where k.workspace_id = fresh.workspace_id) as position
      from fresh
    )
    update changes c set position = n.position from numbered n where c.id = n.id
    returning c.workspace_id as "workspaceId", c.position, c.type, c.subject_id as "subjectId", c.at, c.data`;
}

async function queueMessages({ sql }: Tx, placed: readonly Placed[]): Promise<number> {
  const workspaceIds = [...new Set(placed.map(({ workspaceId }) => workspaceId))];
  const endpoints = await sql<{ id: string; workspaceId: string; eventTypes: string[] }[]>`
    select id, workspace_id as "workspaceId", event_types as "eventTypes" from webhook_endpoints
    where workspace_id = any(${workspaceIds}::text[]) and enabled`;
  const messages = placed.flatMap((change) => {
    const { workspaceId, type } = change;
    const { subjectId } = publicChange(change);
    const data = { ...change.data, subjectId, position: Number(change.position) };
    const payload = JSON.stringify({ type, timestamp: change.at.toISOString(), data });
    return endpoints
      .filter((endpoint) => endpoint.workspaceId === workspaceId && wantsEvent(endpoint.eventTypes, type))
      .map((endpoint) => ({ id: newId('webhookMessage'), workspaceId, endpointId: endpoint.id, type, payload }));
  });
  if (messages.length === 0) return 0;
  const column = (name: keyof (typeof messages)[number]) => messages.map((message) => message[name]);
  await sql`
    insert into webhook_messages (id, workspace_id, endpoint_id, type, payload)
    select id, workspace_id, endpoint_id, type, payload::jsonb
    from unnest(${column('id')}::text[], ${column('workspaceId')}::text[], ${column('endpointId')}::text[],
      ${column('type')}::text[], ${column('payload')}::text[]) t(id, workspace_id, endpoint_id, type, payload)`;
  return messages.length;
}

/**
 * Puts committed changes into the feed and into the queues of the webhooks that want them, in one transaction. One placer
 * at a time (advisory lock), so that a position is given only once all before it are visible. Answers how many.
 */
export async function placeChanges(): Promise<number> {
  for (let total = 0; ; ) {
    const placed = await withSystemTx(async (tx) => {
      await tx.sql`select pg_advisory_xact_lock(${LOCK})`;
      const changes = await place(tx);
      if (changes.length > 0) await queueMessages(tx, changes);
      return changes.length;
    });
    total += placed;
    if (placed < CHUNK) return total;
  }
}
