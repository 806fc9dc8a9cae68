import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { type Contact, contactColumns } from '@/lib/features/contacts/contact-row';
import { withSegmentQuery } from '@/lib/features/segments/segment-query';

export const listSegmentContactsSchema = z.object({
  segmentId: z.string(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.string()]);

/** The contacts who are in a segment now, newest first, in pages. Throws `not_found`. */
export async function listSegmentContacts(
  ctx: Ctx,
  input: z.input<typeof listSegmentContactsSchema>,
  now = new Date(),
): Promise<{ items: Contact[]; nextCursor: string | null }> {
  authorise(ctx, 'contacts.read');
  const { segmentId, cursor, limit } = parseInput(listSegmentContactsSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor)[0] : null;
  return withSegmentQuery(ctx, { id: segmentId }, now, async ({ tx: { sql }, where }) => {
    const rows = await sql<Contact[]>`
      select ${contactColumns(sql)} from contacts c
      where ${where} ${after ? sql`and c.id < ${after}` : sql``} order by c.id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
