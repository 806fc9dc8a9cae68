import type { Tx } from '@/lib/db/client';
import { hitBy } from '@/lib/domain/machine-hit';

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
}

const MOST_HITS = 400;

/**
 * Whether people or machines opened these messages, by delivery: one hit that looks like a person's is enough, and null
 * where nobody can tell.
 */
export async function whoOpened(
  { sql }: Tx,
  workspaceId: string,
  messages: readonly Message[],
): Promise<Map<string, OpenedBy>> {
  const found = new Map<string, OpenedBy>();
  const touched = messages.filter(({ openedAt, clickedAt }) => openedAt !== null || clickedAt !== null);
  if (touched.length === 0) return found;
  const hits = await sql<Hit[]>`
    select delivery_id as "deliveryId", kind, at, user_agent as "userAgent" from tracking_hits
    where workspace_id = ${workspaceId} and delivery_id = any(${touched.map((one) => one.deliveryId)}::bigint[])
    order by id limit ${MOST_HITS}`;
  for (const { deliveryId, settledAt } of touched) {
    if (deliveryId === null) continue;
    const by = (kind: Hit['kind']) => {
      const own = hits.filter((hit) => hit.deliveryId === deliveryId && hit.kind === kind);
      const makers = own.map((hit) => hitBy(hit, settledAt));
      if (makers.includes('person')) return 'person';
      return own.length > 0 && makers.every((by) => by === 'machine') ? 'machine' : null;
    };
    found.set(deliveryId, { openedBy: by('open'), clickedBy: by('click') });
  }
  return found;
}
