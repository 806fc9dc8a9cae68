import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { addressHashes, type SuppressionChannel } from '@/lib/features/suppressions/address-hash';
import { parseAddress, workspaceCountry } from '@/lib/features/suppressions/normalise-address';

const listSuppressionsSchema = z.object({
  channel: z.enum(['email', 'sms']).optional(),
  reason: z.enum(['bounce', 'complaint', 'manual', 'unsubscribed', 'erased']).optional(),
  /** A whole address, which also finds an erased one by its hash, or the beginning of one. */
  search: z.string().trim().max(254).optional(),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.string()]);

export interface Suppression {
  id: string;
  channel: SuppressionChannel;
  /** Null once erased. */
  address: string | null;
  reason: 'bounce' | 'complaint' | 'manual' | 'unsubscribed' | 'erased';
  source: string;
  note: string | null;
  createdAt: Date;
}

/** Suppressions, newest first, in pages. */
export async function listSuppressions(
  ctx: Ctx,
  input: z.input<typeof listSuppressionsSchema> = {},
): Promise<{ items: Suppression[]; nextCursor: string | null }> {
  authorise(ctx, 'contacts.read');
  const { channel, reason, search, cursor, limit } = parseInput(listSuppressionsSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor) : null;
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const country = search ? await workspaceCountry(tx, ctx.workspaceId) : undefined;
    const hashes = search
      ? (['email', 'sms'] as const).flatMap((one) => {
          const parsed = parseAddress(one, search, country);
          return parsed.ok ? addressHashes(one, parsed.address) : [];
        })
      : [];
    const rows = await sql<Suppression[]>`
      select id, channel, address, reason, source, note, created_at as "createdAt" from suppressions
      where workspace_id = ${ctx.workspaceId}
        ${channel ? sql`and channel = ${channel}` : sql``} ${reason ? sql`and reason = ${reason}` : sql``}
        ${search ? sql`and (address_hash = any(${hashes}::text[]) or starts_with(address, lower(${search})))` : sql``}
        ${after ? sql`and id < ${after[0]}` : sql``}
      order by id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
