import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';

export const listUnmatchedEventsSchema = z.object({
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});

export interface UnmatchedEvent {
  id: string;
  /** What the provider calls it. */
  type: string;
  providerAccountId: string;
  provider: string | null;
  receivedAt: Date;
  /** When its message is looked for again; null for at once. */
  parkedUntil: Date | null;
}

const placeSchema = z.tuple([z.string().regex(/^\d{1,19}$/)]);

/** What providers reported and no message of this workspace answers to yet, the oldest first. */
export async function listUnmatchedEvents(
  ctx: Ctx,
  input: z.input<typeof listUnmatchedEventsSchema> = {},
): Promise<{ items: UnmatchedEvent[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const { cursor, limit } = parseInput(listUnmatchedEventsSchema, input);
  const after = cursor ? decodeCursor(placeSchema, cursor) : null;
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<UnmatchedEvent[]>`
      select e.id::text as id, e.type, e.provider_account_id as "providerAccountId", p.name as provider,
        e.received_at as "receivedAt", e.parked_until as "parkedUntil"
      from provider_events e
      left join provider_accounts p on p.workspace_id = e.workspace_id and p.id = e.provider_account_id
      where e.workspace_id = ${ctx.workspaceId} and e.matched_at is null ${after ? sql`and e.id > ${after[0]}::bigint` : sql``}
      order by e.id limit ${limit + 1}`;
    const end = rows[limit - 1];
    return { items: rows.slice(0, limit), nextCursor: rows.length > limit && end ? encodeCursor([end.id]) : null };
  });
}
