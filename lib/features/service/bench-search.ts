import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { searchCustomers } from '@/lib/features/service/search-customers';
import { dispatchFixture } from '@/lib/features/testing/dispatch-fixture';

/** What agents type, by what it is; `n` is the number of a customer that is there. */
const TYPED: Record<string, (n: number) => string> = {
  'customer number': (n) => `C${n}`,
  phone: (n) =>
    `+65 8${String(n)
      .padStart(7, '0')
      .replace(/(.{3})(.{4})/, '$1 $2')}`,
  'end of a phone': (n) => String(n).padStart(7, '0').slice(-5),
  email: (n) => `mei${n}@example.com`,
  'beginning of an email': (n) => `mei${String(n).slice(0, 4)}`,
  name: (n) => `Mei${n % 997} Tan${n % 1009}`,
  'beginning of a name': (n) => `Mei${n % 997} Ta`,
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
    await sql`
      insert into contacts (id, workspace_id, external_id, email, phone, first_name, last_name)
      select 'con_' || lpad(to_hex(n), 16, '0'), ${workspaceId}, 'C' || n, 'mei' || n || '@example.com',
             '+658' || lpad(n::text, 7, '0'), 'Mei' || n % 997, 'Tan' || n % 1009
      from generate_series(100, ${contacts + 99}::int) n`;
    await sql`vacuum analyze contacts`;
    const agent = { type: 'user' as const, userId: 'usr_bench', name: 'Bench', role: 'service_agent' as const };
    const ctx: Ctx = { workspaceId, actor: agent };
    const results: SearchTimes[] = [];
    for (const [typed, textOf] of Object.entries(TYPED)) {
      const times: number[] = [];
      for (let i = 0; i < ASKED; i++) {
        const n = 100 + Math.floor(Math.random() * contacts);
        const startedMs = performance.now();
        const { items } = await searchCustomers(ctx, { q: textOf(n) });
        times.push(performance.now() - startedMs);
        if (items.length === 0) throw new Error(`“${textOf(n)}” (${typed}) found nobody.`);
      }
      times.sort((a, b) => a - b);
      results.push({ typed, medianMs: times[ASKED / 2] ?? Number.NaN, slowestMs: times.at(-1) ?? Number.NaN });
    }
    return results;
  } finally {
    await closePool();
  }
}
