import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { LIST, RULES, WIDE_LIST } from '@/lib/features/segments/bench-rules';
import { countSegment } from '@/lib/features/segments/count-segment';
import { sampleSegment } from '@/lib/features/segments/sample-segment';

export interface SegmentFigure {
  name: string;
  /** Selective rules have an index to stand on. */
  selective: boolean;
  matching: number;
  isExact: boolean;
  countMs: number;
  sampleMs: number;
}

export interface SegmentFigures {
  contacts: number;
  figures: SegmentFigure[];
  /** Counting every contact of the workspace, with no rule at all. */
  floorMs: number;
}

const WORKSPACE = 'wsp_bench';

/** A million believable contacts in some tens of seconds; does nothing where they are already. */
export async function fillSegmentBench(databaseUrl: string, contacts: number): Promise<void> {
  await openPoolAt(databaseUrl);
  try {
    const sql = pool();
    await sql`insert into workspaces (id, name, slug) values (${WORKSPACE}, 'Bench', 'bench') on conflict do nothing`;
    const [known] = await sql<{ n: number }[]>`
      select count(*)::int as n from contacts where workspace_id = ${WORKSPACE}`;
    if (known?.n === contacts) return;
    await sql`insert into lists (id, workspace_id, name)
      values (${LIST}, ${WORKSPACE}, 'Half of them'), (${WIDE_LIST}, ${WORKSPACE}, 'Six of ten')`;
    await sql`
      insert into contacts (id, workspace_id, external_id, email, phone, first_name, last_name, language, time_zone,
        email_consent, created_at, attributes)
      select 'con_' || lpad(n::text, 16, '0'), ${WORKSPACE}, 'C' || n, 'user' || n || '@example.com', '+65' || (80000000 + n),
        (array['Wei Ming','Siti','José','Ananya','Chloé'])[1 + n % 5], (array['Tan','Lim','Müller','Kumar'])[1 + n % 4],
        (array['en','zh','ms','ta'])[1 + n % 4], 'Asia/Singapore', case when n % 3 = 0 then 'unknown' else 'granted' end,
        now() - make_interval(days => n % 1000),
        jsonb_build_object('plan', 'Plan ' || n % 10, 'country', 'Country ' || (n / 10) % 20, 'city', 'City ' || n % 1000,
          'points', (n::bigint * 7919) % 10000, 'active', n % 2 = 0, 'ends', to_char(date '2026-01-01' + n % 730, 'YYYY-MM-DD'), 'vip', n % 100 = 0,
          'tags', jsonb_build_array('t' || n % 50, 't' || (n / 50) % 50))
      from generate_series(1, ${contacts}::int) n`;
    await sql`
      insert into subscriptions (workspace_id, list_id, contact_id, status, source)
      select ${WORKSPACE}, ${LIST}, id, case when right(id, 1) = '3' then 'unsubscribed' else 'subscribed' end, 'bench'
      from contacts where workspace_id = ${WORKSPACE} and right(id, 1) < '5'
      union all
      select ${WORKSPACE}, ${WIDE_LIST}, id, 'subscribed', 'bench'
      from contacts where workspace_id = ${WORKSPACE} and right(id, 2) < '60'`;
    await sql`
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, attempts, settled_at, history_id, answer)
      select ${WORKSPACE}, 'run_bench', 0, id, 1, 'accepted', 1, now() - make_interval(days => ('0' || right(id, 2))::int),
        nextval('interactions_id_seq'), '250 2.0.0 Ok: queued'
      from contacts where workspace_id = ${WORKSPACE} and right(id, 1) in ('1', '2')`;
    await sql`
      insert into interactions (workspace_id, contact_id, at, type, run_id)
      select ${WORKSPACE}, id, now() - make_interval(days => ('0' || right(id, 2))::int), 'email.opened', 'run_bench'
      from contacts where workspace_id = ${WORKSPACE} and right(id, 1) in ('1', '4', '7')`;
    await sql`vacuum analyze contacts`;
    await sql`vacuum analyze subscriptions`;
    await sql`vacuum analyze deliveries`;
    await sql`vacuum analyze interactions`;
  } finally {
    await closePool();
  }
}

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Counts and samples a set of typical rules over the contacts of fillSegmentBench, each once; the pool is open. */
export async function benchSegments(contacts: number): Promise<SegmentFigures> {
  const ctx = systemCtx(WORKSPACE, 'bench');
  const figures: SegmentFigure[] = [];
  for (const { name, selective, rule } of RULES) {
    let found = { count: 0, isExact: true };
    const countMs = await timed(async () => {
      found = await countSegment(ctx, { rule });
    });
    const { count: matching, isExact } = found;
    const sampleMs = await timed(() => sampleSegment(ctx, { source: { rule } }));
    figures.push({ name, selective, matching, isExact, countMs, sampleMs });
  }
  const countEverybody = () =>
    pool()`select count(*) from contacts where workspace_id = ${WORKSPACE} and erased_at is null`;
  return { contacts, figures, floorMs: await timed(countEverybody) };
}
