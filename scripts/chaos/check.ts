import { readFileSync } from 'node:fs';
import postgres from 'postgres';
import { type Dialect, isEmail } from './dialects';

export interface Verdict {
  accepted: number;
  failed: number;
  in_doubt: number;
  lost: number;
  duplicated: number;
  wrong: number;
  /** What exactly is wrong, a few of each kind. */
  violations: string[];
}

interface Row {
  id: string;
  state: string;
  address: string;
}

/**
 * Compares the books with the provider's own ledger. Reads nothing else: no log, no counter of the test itself.
 * The run's first step is its one message.
 */
export async function checkBooks(
  databaseUrl: string,
  ledgerPath: string,
  runId: string,
  dialect: Dialect,
): Promise<Verdict> {
  const step = 0;
  const address = isEmail(dialect) ? 'email' : 'phone';
  const arrivals = new Map<string, number>();
  for (const line of readFileSync(ledgerPath, 'utf8').split('\n')) {
    if (!line) continue;
    const { to, part } = JSON.parse(line) as { to: string; part?: string };
    if (part && !part.startsWith('1/')) continue;
    arrivals.set(to, (arrivals.get(to) ?? 0) + 1);
  }
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  const violations: string[] = [];
  const say = (text: string) => violations.push(text);
  let lost = 0;
  let duplicated = 0;
  let wrong = 0;
  const counts: Record<string, number> = {};
  try {
    const [run] = await sql<
      { status: string; reason: string | null; audience: number }[]
    >`select status, status_reason as reason, audience_count as audience from runs where id = ${runId}`;
    if (run?.status !== 'completed') {
      wrong++;
      say(`the run is ${run?.status}: ${run?.reason ?? 'no reason is given'}`);
    }
    const rows = await sql<Row[]>`
      select d.id, d.state, m.${sql(address)} as address from deliveries d
      join run_members m on m.run_id = d.run_id and m.contact_id = d.contact_id
      where d.run_id = ${runId} and d.step = ${step} and d.state <> 'superseded'`;
    lost += (run?.audience ?? 0) - rows.length;
    for (const { id, state, address } of rows) {
      counts[state] = (counts[state] ?? 0) + 1;
      const arrived = arrivals.get(address) ?? 0;
      if (arrived > 1) {
        duplicated++;
        say(`delivery ${id} (${state}) arrived ${arrived} times`);
      }
      if (state === 'queued') {
        lost++;
        say(`delivery ${id} is still queued`);
      } else if (state === 'accepted' && arrived === 0) {
        wrong++;
        say(`delivery ${id} is accepted, but the provider never took it`);
      } else if (['failed', 'skipped', 'cancelled', 'expired'].includes(state) && arrived > 0) {
        wrong++;
        say(`delivery ${id} is ${state}, but the provider took it`);
      } else if (state === 'in_doubt' && dialect === 'resend') {
        say(`delivery ${id} is in doubt with an idempotent provider`);
      }
    }
    const off = await sql<{ step: number; state: string; counted: number; real: number }[]>`
      select coalesce(k.step, r.step) as step, coalesce(k.state, r.state)::text as state, coalesce(k.n, 0) as counted, coalesce(r.n, 0) as real
      from (select step, state, sum(n)::int as n from run_counters where run_id = ${runId} group by 1, 2) k
      full join (select step, state, count(*)::int as n from deliveries where run_id = ${runId} and state <> 'superseded' group by 1, 2) r
        on r.step = k.step and r.state = k.state
      where coalesce(k.n, 0) <> coalesce(r.n, 0)`;
    for (const { step: at, state, counted, real } of off) {
      wrong++;
      say(`step ${at}: the screen says ${counted} ${state}, the rows say ${real}`);
    }
    const [recorded] = await sql<{ n: number }[]>`
      select count(*)::int as n from output_rows o where o.run_id = ${runId} and not exists (
        select 1 from deliveries d where d.run_id = o.run_id and d.step = o.step and d.contact_id = o.contact_id and d.state = 'accepted')`;
    if (recorded && recorded.n > 0) {
      wrong += recorded.n;
      say(`${recorded.n} recorded rows have no accepted delivery`);
    }
    const [attempts] = await sql<{ n: number }[]>`
      select count(*)::int as n from deliveries d where d.run_id = ${runId} and d.step = ${step} and d.state in ('accepted', 'in_doubt')
        and not (d.state = 'accepted' and d.first_intent_at is not null and d.answer is not null)
        and not exists (select 1 from delivery_attempts a where a.delivery_id = d.id)`;
    if (attempts && attempts.n > 0) {
      wrong += attempts.n;
      say(`${attempts.n} sent deliveries have no attempt on record`);
    }
  } finally {
    await sql.end({ timeout: 2 });
  }
  return {
    accepted: counts.accepted ?? 0,
    failed: counts.failed ?? 0,
    in_doubt: counts.in_doubt ?? 0,
    lost,
    duplicated,
    wrong,
    violations,
  };
}
