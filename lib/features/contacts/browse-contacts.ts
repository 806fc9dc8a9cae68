import { z } from 'zod';
import { authorise, type Ctx, systemCtx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { contactScopeSchema, contactScopeSql } from '@/lib/features/contacts/contact-filter';
import { type Contact, contactColumns } from '@/lib/features/contacts/contact-row';
import { searchConditions } from '@/lib/features/contacts/contact-search';
import type { Fragment } from '@/lib/features/contacts/fragment';
import { workspaceCountry } from '@/lib/features/suppressions/normalise-address';

export const CONTACT_SORTS = ['added', 'email', 'external_id'] as const;

export const browseContactsSchema = contactScopeSchema.extend({
  sort: z.enum(CONTACT_SORTS).default('added'),
  direction: z.enum(['asc', 'desc']).default('desc'),
  cursor: z.string().max(1000).optional(),
  limit: z.coerce.number().int().min(1).max(200).default(50),
});
type Query = z.output<typeof browseContactsSchema>;

/** The sort value of the last row (null among those that have none) and its id. */
const cursorSchema = z.tuple([z.string().nullable(), z.string()]);
type Position = z.output<typeof cursorSchema>;

interface Browse {
  sql: Tx['sql'];
  where: Fragment;
  conditions: Fragment[] | null;
  limit: number;
}

/** One ordered stretch of the list: each way of finding people is limited by itself, so that each can use its index. */
async function stretch({ sql, where, conditions, limit }: Browse, place: Fragment, order: Fragment) {
  if (limit <= 0) return [];
  const [first, ...others] = (conditions ?? []).map(
    (one) => sql`(select c.id from contacts c where ${where} and ${place} and ${one} order by ${order} limit ${limit})`,
  );
  if (conditions && !first) return [];
  const from = first
    ? sql`c.id in (${others.reduce((all, one) => sql`${all} union ${one}`, first)})`
    : sql`${where} and ${place}`;
  return await sql<Contact[]>`
    select ${contactColumns(sql)} from contacts c where ${from} order by ${order} limit ${limit}`;
}

/** By address or number, then by id; those who have none come last in either direction. */
async function byColumn(browse: Browse, column: Fragment, direction: Query['direction'], after: Position | null) {
  const { sql, limit } = browse;
  const isAsc = direction === 'asc';
  const order = isAsc ? sql`${column} using ~<~, c.id` : sql`${column} using ~>~, c.id`;
  const begin = (value: string, id: string) =>
    isAsc
      ? sql`${column} ~>=~ ${value} and (${column} ~>~ ${value} or c.id > ${id})`
      : sql`${column} ~<=~ ${value} and (${column} ~<~ ${value} or c.id > ${id})`;
  const [value, id] = after ?? [undefined, ''];
  const known =
    value === null
      ? []
      : await stretch(
          browse,
          sql`${column} is not null ${value === undefined ? sql`` : sql`and ${begin(value, id)}`}`,
          order,
        );
  const rest = { ...browse, limit: limit - known.length };
  const lacking = sql`${column} is null and c.id > ${value === null ? id : ''}`;
  return [...known, ...(await stretch(rest, lacking, sql`c.id`))];
}

async function byTime(browse: Browse, direction: Query['direction'], after: Position | null) {
  const { sql } = browse;
  const isAsc = direction === 'asc';
  const place = after ? (isAsc ? sql`c.id > ${after[1]}` : sql`c.id < ${after[1]}`) : sql`true`;
  return await stretch(browse, place, isAsc ? sql`c.id` : sql`c.id desc`);
}

/**
 * Contacts that are not erased, searched, filtered and sorted, in pages. Runs as the owner and names the workspace
 * itself, because text search may not use its index under row-level security.
 */
export async function browseContacts(
  ctx: Ctx,
  input: z.input<typeof browseContactsSchema> = {},
): Promise<{ items: Contact[]; nextCursor: string | null }> {
  authorise(ctx, 'contacts.read');
  const query = parseInput(browseContactsSchema, input);
  const { search, sort, direction, limit } = query;
  const after = query.cursor ? decodeCursor(cursorSchema, query.cursor) : null;
  return withTx(systemCtx(ctx.workspaceId, 'contact search'), async (tx) => {
    const { sql } = tx;
    const country = search ? await workspaceCountry(tx, ctx.workspaceId) : undefined;
    const conditions = search ? searchConditions(sql, search, country) : null;
    const browse = { sql, where: contactScopeSql(sql, ctx.workspaceId, query), conditions, limit: limit + 1 };
    const column = sort === 'email' ? sql`c.email` : sql`c.external_id`;
    const rows =
      sort === 'added' ? await byTime(browse, direction, after) : await byColumn(browse, column, direction, after);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const value = sort === 'email' ? last?.email : sort === 'external_id' ? last?.externalId : null;
    return { items, nextCursor: last ? encodeCursor([value ?? null, last.id]) : null };
  });
}
