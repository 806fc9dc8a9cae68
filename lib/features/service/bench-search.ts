import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { searchCustomers } from '@/lib/features/service/search-customers';
import { dispatchFixture } from '@/lib/features/testing/dispatch-fixture';

interface Customer {
  n: number;
  email: string;
  first: string;
  last: string;
}

/** What agents type, by what it is, of a customer that is there. */
const TYPED: Record<string, (of: Customer) => string> = {
  'customer number': ({ n }) => `C${n}`,
  phone: ({ n }) =>
    `+65 8${String(n)
      .padStart(7, '0')
      .replace(/(.{3})(.{4})/, '$1 $2')}`,
  'end of a phone': ({ n }) => String(n).padStart(7, '0').slice(-5),
  email: ({ email }) => email,
  'beginning of an email': ({ email }) => email.slice(0, 8),
  name: ({ first, last }) => `${first} ${last}`,
  'beginning of a name': ({ first, last }) => `${first} ${last.slice(0, 2)}`,
  'beginnings of both names': ({ first, last }) => `${first.slice(0, 2)} ${last.slice(0, 2)}`,
  'a common name': () => 'Wei Tan',
  'two letters': ({ first }) => first.slice(0, 2),
};
const ASKED = 30;

export interface SearchTimes {
  typed: string;
  medianMs: number;
  slowestMs: number;
}

/** How long the first page of a search takes among `contacts` customers. Fills the database; expects an empty migrated one. */
export async function benchSearch(databaseUrl: string, contacts: number): Promise<SearchTimes[]> {
  await openPoolAt(databaseUrl, 4);
  try {
    const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1);
    const { workspaceId } = f.ctx;
    const sql = pool();
    await sql`update workspaces set settings = settings || '{"defaultCountry":"SG"}' where id = ${workspaceId}`;
    // one in twenty is a Wei and one in ten a Tan, in no order; the others share some thousand names
    await sql`
      insert into contacts (id, workspace_id, external_id, email, phone, first_name, last_name)
      select 'con_' || lpad(to_hex(n), 16, '0'), ${workspaceId}, 'C' || n, lower(f) || '.' || lower(l) || n || '@example.com',
             '+658' || lpad(n::text, 7, '0'), f, l
      from (select n, case when a % 20 = 0 then 'Wei' else 'Mei' || (a / 20) % 997 end as f,
                   case when b % 10 = 0 then 'Tan' else 'Tan' || (b / 10) % 1009 end as l
            from (select n, abs(hashint4(n)::bigint) as a, abs(hashint4(n + 7654321)::bigint) as b
                  from generate_series(100, ${contacts + 99}::int) n) numbers) names`;
    await sql`vacuum analyze contacts`;
    await sql`checkpoint`;
    const agent = { type: 'user' as const, userId: 'usr_bench', name: 'Bench', role: 'service_agent' as const };
    const ctx: Ctx = { workspaceId, actor: agent };
    const results: SearchTimes[] = [];
    for (const [typed, textOf] of Object.entries(TYPED)) {
      const times: number[] = [];
      for (let i = 0; i < ASKED; i++) {
        const n = 100 + Math.floor(Math.random() * contacts);
        const [of] = await sql<Customer[]>`
          select ${n}::int as n, email, first_name as first, last_name as last
          from contacts where workspace_id = ${workspaceId} and external_id = ${`C${n}`}`;
        const q = of ? textOf(of) : '';
        const startedMs = performance.now();
        const { items } = await searchCustomers(ctx, { q });
        times.push(performance.now() - startedMs);
        if (items.length === 0) throw new Error(`“${q}” (${typed}) found nobody.`);
      }
      times.sort((a, b) => a - b);
      results.push({ typed, medianMs: times[ASKED / 2] ?? Number.NaN, slowestMs: times.at(-1) ?? Number.NaN });
    }
    return results;
  } finally {
    await closePool();
  }
}
