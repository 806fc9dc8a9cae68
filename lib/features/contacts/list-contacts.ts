import { z } from 'zod';
import { authorise, type Ctx, may, systemCtx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { subscriptionStatusSchema } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { type Contact, contactColumns } from '@/lib/features/contacts/contact-row';
import { searchConditions } from '@/lib/features/contacts/contact-search';
import type { Fragment } from '@/lib/features/contacts/fragment';
import { workspaceCountry } from '@/lib/features/suppressions/normalise-address';

const listContactsSchema = z.object({
  /** The beginning of a customer number, email, phone in any writing, or of the words of a name. */
  search: z.string().trim().max(200).optional(),
  listId: z.string().optional(),
  status: subscriptionStatusSchema.optional(),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.string()]);

function union(sql: Tx['sql'], parts: Fragment[]): Fragment {
  const [first, ...rest] = parts;
  return first ? rest.reduce((all, one) => sql`${all} union ${one}`, first) : sql`select null::text as id where false`;
}

/**
 * Contacts that are not erased, newest first, in pages. Runs as the owner and names the workspace itself, because text
 * search may not use its index under row-level security.
 */
export async function listContacts(
  ctx: Ctx,
  input: z.input<typeof listContactsSchema> = {},
): Promise<{ items: Contact[]; nextCursor: string | null }> {
  if (!may(ctx, 'service.lookup')) authorise(ctx, 'contacts.read');
  const { search, listId, status, cursor, limit } = parseInput(listContactsSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor)[0] : null;
  const { workspaceId } = ctx;
  return withTx(systemCtx(workspaceId, 'contact search'), async (tx) => {
    const { sql } = tx;
    const onList = listId
      ? sql`and exists (select 1 from subscriptions s where s.workspace_id = ${workspaceId} and s.list_id = ${listId}
          and s.contact_id = c.id ${status ? sql`and s.status = ${status}` : sql``})`
      : sql``;
    const where = sql`c.workspace_id = ${workspaceId} and c.erased_at is null
      ${after ? sql`and c.id < ${after}` : sql``} ${onList}`;
    const conditions = search ? searchConditions(sql, search, await workspaceCountry(tx, workspaceId)) : [];
    const found = search
      ? sql`c.id in (${union(
          sql,
          conditions.map(
            (one) => sql`(select c.id from contacts c where ${where} and ${one} order by c.id desc limit ${limit + 1})`,
          ),
        )}) and c.workspace_id = ${workspaceId}`
      : where;
    const rows = await sql<Contact[]>`
      select ${contactColumns(sql)} from contacts c where ${found} order by c.id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
