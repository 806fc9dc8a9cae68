import { z } from 'zod';
import { authorise, type Ctx, systemCtx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { beginsWith, nameQuery, phonePrefixes } from '@/lib/features/contacts/contact-search';
import type { Fragment } from '@/lib/features/contacts/fragment';
import { workspaceCountry } from '@/lib/features/suppressions/normalise-address';

export const searchCustomersSchema = z.object({
  q: z.string().trim().max(200),
  limit: z.coerce.number().int().min(1).max(50).default(20),
});

export interface CustomerHit {
  id: string;
  externalId: string | null;
  email: string | null;
  phone: string | null;
  firstName: string | null;
  lastName: string | null;
  /** What the text was found in; the surest first. */
  found: 'number' | 'phone' | 'email' | 'name';
}

interface Way {
  found: CustomerHit['found'];
  rank: number;
  where: Fragment;
}

const FEWEST_LAST_DIGITS = 4;
const BEGINNING_OF_LAST_WORD = 5;
const BEGINNINGS_OF_ALL_WORDS = 6;
const NAMES = `to_tsvector('simple'::regconfig, coalesce(c.first_name, '') || ' ' || coalesce(c.last_name, ''))`;

function phoneWays(sql: Tx['sql'], text: string, country: string | undefined): Way[] {
  const ways = [...new Set(phonePrefixes(text, country))].map(
    (prefix): Way => ({ found: 'phone', rank: 2, where: beginsWith(sql, sql`c.phone`, prefix) }),
  );
  const digits = text.replace(/\D/g, '');
  if (digits.length < FEWEST_LAST_DIGITS || /[A-Za-z@]/.test(text)) return ways;
  const backwards = [...digits.replace(/^0+/, '')].reverse().join('');
  return [...ways, { found: 'phone', rank: 3, where: beginsWith(sql, sql`reverse(c.phone)`, backwards) }];
}

const FEWEST_LETTERS = 2;

function nameWays(sql: Tx['sql'], text: string): Way[] {
  const query = text.includes('@') || text.length < FEWEST_LETTERS ? null : nameQuery(text);
  if (!query) return [];
  const exact = query.replaceAll(':*', '');
  const matches = (wanted: string) => sql`${sql.unsafe(NAMES)} @@ to_tsquery('simple'::regconfig, ${wanted})`;
  return [
    { found: 'name', rank: 4, where: matches(exact) },
    // whole words and the beginning of the last one, as a name is typed
    { found: 'name', rank: BEGINNING_OF_LAST_WORD, where: matches(`${exact}:*`) },
    { found: 'name', rank: BEGINNINGS_OF_ALL_WORDS, where: matches(query) },
  ];
}

/** Every way in which what was typed may name somebody; one index answers each. */
function waysOf(sql: Tx['sql'], text: string, country: string | undefined): Way[] {
  const ways: Way[] = [];
  for (const id of new Set([text, text.toUpperCase()])) {
    ways.push({ found: 'number', rank: 0, where: sql`c.external_id = ${id}` });
    ways.push({ found: 'number', rank: 1, where: beginsWith(sql, sql`c.external_id`, id) });
  }
  if (!/\s/.test(text)) {
    ways.push({
      found: 'email',
      rank: text.includes('@') ? 0 : 4,
      where: beginsWith(sql, sql`c.email`, text.toLowerCase()),
    });
  }
  return [...ways, ...phoneWays(sql, text, country), ...nameWays(sql, text)];
}

async function findBy({ sql }: Tx, workspaceId: string, ways: readonly Way[], limit: number): Promise<CustomerHit[]> {
  const [first, ...rest] = ways.map(
    ({ found, rank, where }) => sql`(select c.id, ${found}::text as found, ${rank}::int as rank from contacts c
      where c.workspace_id = ${workspaceId} and c.erased_at is null and ${where} limit ${limit + 1})`,
  );
  if (!first) return [];
  const hits = await sql<CustomerHit[]>`
    select c.id, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName",
           c.last_name as "lastName", f.found
    from (select distinct on (id) id, found, rank from (${rest.reduce((all, one) => sql`${all} union all ${one}`, first)}) w
          order by id, rank) f
    join contacts c on c.workspace_id = ${workspaceId} and c.id = f.id
    order by f.rank, lower(c.last_name), lower(c.first_name), c.id limit ${limit + 1}`;
  return [...hits];
}

/**
 * Whom a caller may be: by customer number, phone in any writing or its last digits, email, or the beginnings of names.
 * The surest come first. Runs as the owner and names the workspace itself, because text search may not use its index
 * under row-level security.
 */
export async function searchCustomers(
  ctx: Ctx,
  input: z.input<typeof searchCustomersSchema>,
): Promise<{ items: CustomerHit[]; more: boolean }> {
  authorise(ctx, 'service.lookup');
  const { q, limit } = parseInput(searchCustomersSchema, input);
  if (q === '') return { items: [], more: false };
  const { workspaceId } = ctx;
  return withTx(systemCtx(workspaceId, 'customer search'), async (tx) => {
    const { sql } = tx;
    await sql`select set_config('jit', 'off', true), set_config('enable_seqscan', 'off', true),
      set_config('statement_timeout', '5s', true)`;
    const ways = waysOf(sql, q, await workspaceCountry(tx, workspaceId));
    const sure = ways.filter(({ rank }) => rank < BEGINNING_OF_LAST_WORD);
    const found = await findBy(tx, workspaceId, sure, limit);
    // the dearer a way is, the less there must be without it: reading every name that begins so is idle on a full page
    for (const [rank, most] of [
      [BEGINNING_OF_LAST_WORD, limit],
      [BEGINNINGS_OF_ALL_WORDS, 0],
    ] as const) {
      if (found.length > most) continue;
      const known = new Set(found.map(({ id }) => id));
      const one = ways.filter((way) => way.rank === rank);
      found.push(...(await findBy(tx, workspaceId, one, limit)).filter(({ id }) => !known.has(id)));
    }
    return { items: found.slice(0, limit), more: found.length > limit };
  });
}
