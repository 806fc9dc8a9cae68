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

/** Beyond so many matches they are dense enough to be met soon when the list is walked in order. */
const FEW = 5000;

interface Browse {
  sql: Tx['sql'];
  where: Fragment;
  /** Ways in which somebody may match, each with an index of its own. Everybody of the scope is one of them. */
  ways: Fragment[];
  limit: number;
}

async function idsOf(sql: Tx['sql'], branches: Fragment[]): Promise<string[]> {
  const [first, ...others] = branches;
  if (!first) return [];
  const rows = await sql<{ id: string }[]>`${others.reduce((all, one) => sql`${all} union ${one}`, first)}`;
  return rows.map(({ id }) => id);
}

/**
 * Sets the people apart whom only a few match: taken by their own index, they are put in order afterwards. Left to
 * itself PostgreSQL would walk the whole list in order to find them.
 */
async function partWays({ sql, where, ways }: Browse): Promise<{ few: string[]; many: Fragment[] }> {
  const few: string[] = [];
  const many: Fragment[] = [];
  for (const way of ways) {
    const ids = await idsOf(sql, [sql`select c.id from contacts c where ${where} and ${way} limit ${FEW + 1}`]);
    if (ids.length > FEW) many.push(way);
    else few.push(...ids);
  }
  return { few, many };
}

type Parted = Awaited<ReturnType<typeof partWays>>;

/** One ordered stretch of the list, from `place` on; without `parted`, of everybody. */
async function stretch(browse: Browse, parted: Parted | null, place: Fragment, order: Fragment): Promise<Contact[]> {
  const { sql, where, limit } = browse;
  if (limit <= 0) return [];
  if (!parted) {
    return await sql<Contact[]>`
      select ${contactColumns(sql)} from contacts c where ${where} and ${place} order by ${order} limit ${limit}`;
  }
  const dense = parted.many.map(
    (way) => sql`(select c.id from contacts c where ${where} and ${place} and ${way} order by ${order} limit ${limit})`,
  );
  const ids = [...parted.few, ...(await idsOf(sql, dense))];
  // materialised, so that these few are looked up and not met by walking the order
  return await sql<Contact[]>`
    with c as materialized (select * from contacts where id = any(${ids}::text[]))
    select ${contactColumns(sql)} from c where ${place} order by ${order} limit ${limit}`;
}

type Stretch = (place: Fragment, order: Fragment, limit?: number) => Promise<Contact[]>;

/** By address or number, then by id; those who have none come last in either direction. */
async function byColumn(browse: Browse, next: Stretch, column: Fragment, isAsc: boolean, after: Position | null) {
  const { sql, limit } = browse;
  const order = isAsc ? sql`${column} using ~<~, c.id` : sql`${column} using ~>~, c.id`;
  const begin = (value: string, id: string) =>
    isAsc
      ? sql`${column} ~>=~ ${value} and (${column} ~>~ ${value} or c.id > ${id})`
      : sql`${column} ~<=~ ${value} and (${column} ~<~ ${value} or c.id > ${id})`;
  const [value, id] = after ?? [undefined, ''];
  const from = value ? sql`and ${begin(value, id)}` : sql``;
  const known = value === null ? [] : await next(sql`${column} is not null ${from}`, order);
  const lacking = sql`${column} is null and c.id > ${value === null ? id : ''}`;
  return [...known, ...(await next(lacking, sql`c.id`, limit - known.length))];
}

async function inOrder(browse: Browse, parted: Parted | null, query: Query, after: Position | null) {
  const { sql } = browse;
  const isAsc = query.direction === 'asc';
  const next: Stretch = (place, order, limit = browse.limit) => stretch({ ...browse, limit }, parted, place, order);
  if (query.sort !== 'added') {
    const column = query.sort === 'email' ? sql`c.email` : sql`c.external_id`;
    return await byColumn(browse, next, column, isAsc, after);
  }
  const place = after ? (isAsc ? sql`c.id > ${after[1]}` : sql`c.id < ${after[1]}`) : sql`true`;
  return await next(place, isAsc ? sql`c.id` : sql`c.id desc`);
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
  const { search, listId, consent, importId, sort, limit } = query;
  const after = query.cursor ? decodeCursor(cursorSchema, query.cursor) : null;
  return withTx(systemCtx(ctx.workspaceId, 'contact search'), async (tx) => {
    const { sql } = tx;
    const country = search ? await workspaceCountry(tx, ctx.workspaceId) : undefined;
    const ways = search ? searchConditions(sql, search, country) : [sql`true`];
    const browse = { sql, where: contactScopeSql(sql, ctx.workspaceId, query), ways, limit: limit + 1 };
    const isNarrowed = Boolean(search || listId || consent || importId);
    const rows = await inOrder(browse, isNarrowed ? await partWays(browse) : null, query, after);
    const items = rows.slice(0, limit);
    const last = rows.length > limit ? items.at(-1) : undefined;
    const value = sort === 'email' ? last?.email : sort === 'external_id' ? last?.externalId : null;
    return { items, nextCursor: last ? encodeCursor([value ?? null, last.id]) : null };
  });
}
