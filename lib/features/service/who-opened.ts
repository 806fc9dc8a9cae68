import type { Tx } from '@/lib/db/client';
import { looksLikeMachine } from '@/lib/domain/service-history';

export interface OpenedBy {
  openedBy: 'person' | 'machine' | null;
  clickedBy: 'person' | 'machine' | null;
}

interface Message {
  deliveryId: string | null;
  settledAt: Date | null;
  openedAt: Date | null;
  clickedAt: Date | null;
}

interface Hit {
  deliveryId: string;
  kind: 'open' | 'click';
  at: Date;
  userAgent: string | null;
  machine: boolean | null;
}

const MOST_HITS = 400;

/** Whether people or machines opened these messages, by delivery; one hit that looks like a person's is enough. */
export async function whoOpened(
  { sql }: Tx,
  workspaceId: string,
  messages: readonly Message[],
): Promise<Map<string, OpenedBy>> {
  const found = new Map<string, OpenedBy>();
  const touched = messages.filter(({ openedAt, clickedAt }) => openedAt !== null || clickedAt !== null);
  if (touched.length === 0) return found;
  const hits = await sql<Hit[]>`
    select delivery_id as "deliveryId", kind, at, user_agent as "userAgent", machine from tracking_hits
    where workspace_id = ${workspaceId} and delivery_id = any(${touched.map((one) => one.deliveryId)}::bigint[])
    order by id limit ${MOST_HITS}`;
  for (const { deliveryId, settledAt } of touched) {
    if (deliveryId === null) continue;
    const by = (kind: Hit['kind']) => {
      const own = hits.filter((hit) => hit.deliveryId === deliveryId && hit.kind === kind);
      if (own.length === 0) return null;
      return own.every((hit) => hit.machine ?? looksLikeMachine(hit, settledAt ?? hit.at)) ? 'machine' : 'person';
    };
    found.set(deliveryId, { openedBy: by('open'), clickedBy: by('click') });
  }
  return found;
}
