import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import type { SegmentCondition, SegmentNode, SegmentRule } from '@/lib/domain/segment';
import { countSegment } from '@/lib/features/segments/count-segment';
import { sampleSegment } from '@/lib/features/segments/sample-segment';

export interface SegmentFigure {
  name: string;
  /** Selective rules have an index to stand on. */
  selective: boolean;
  matching: number;
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
const LIST = 'lst_bench';

/** A million believable contacts in some tens of seconds; does nothing where they are already. */
export async function fillSegmentBench(databaseUrl: string, contacts: number): Promise<void> {
  await openPoolAt(databaseUrl);
  try {
    const sql = pool();
    await sql`insert into workspaces (id, name, slug) values (${WORKSPACE}, 'Bench', 'bench') on conflict do nothing`;
    const [known] = await sql<{ n: number }[]>`
      select count(*)::int as n from contacts where workspace_id = ${WORKSPACE}`;
    if (known?.n === contacts) return;
    await sql`insert into lists (id, workspace_id, name) values (${LIST}, ${WORKSPACE}, 'Half of them')`;
    await sql`
      insert into contacts (id, workspace_id, external_id, email, phone, first_name, last_name, language, time_zone,
        email_consent, created_at, attributes)
      select 'con_' || lpad(n::text, 16, '0'), ${WORKSPACE}, 'C' || n, 'user' || n || '@example.com', '+65' || (80000000 + n),
        (array['Wei Ming','Siti','José','Ananya','Chloé'])[1 + n % 5], (array['Tan','Lim','Müller','Kumar'])[1 + n % 4],
        (array['en','zh','ms','ta'])[1 + n % 4], 'Asia/Singapore', case when n % 3 = 0 then 'unknown' else 'granted' end,
        now() - make_interval(days => n % 1000),
        jsonb_build_object('plan', 'Plan ' || n % 10, 'country', 'Country ' || (n / 10) % 20, 'city', 'City ' || n % 1000,
          'points', (n::bigint * 7919) % 10000, 'ends', to_char(date '2026-01-01' + n % 730, 'YYYY-MM-DD'), 'vip', n % 100 = 0,
          'tags', jsonb_build_array('t' || n % 50, 't' || (n / 50) % 50))
      from generate_series(1, ${contacts}::int) n`;
    await sql`
      insert into subscriptions (workspace_id, list_id, contact_id, status, source)
      select ${WORKSPACE}, ${LIST}, id, case when right(id, 1) = '3' then 'unsubscribed' else 'subscribed' end, 'bench'
      from contacts where workspace_id = ${WORKSPACE} and right(id, 1) < '5'`;
    await sql`
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, attempts, settled_at, history_id, answer)
      select ${WORKSPACE}, 'run_bench', 0, id, 1, 'accepted', 1, now() - make_interval(days => ('0' || right(id, 2))::int),
        nextval('interactions_id_seq'), '250 2.0.0 Ok: queued'
      from contacts where workspace_id = ${WORKSPACE} and right(id, 1) in ('1', '2')`;
    await sql`vacuum analyze contacts`;
    await sql`vacuum analyze subscriptions`;
    await sql`vacuum analyze deliveries`;
  } finally {
    await closePool();
  }
}

const text = (key: string, value: string): SegmentCondition => {
  return { kind: 'attribute', key, test: { type: 'text', op: 'equals', value } };
};
const all = (...rules: SegmentNode[]): SegmentRule => ({ kind: 'group', match: 'all', rules });
const any = (...rules: SegmentNode[]): SegmentRule => ({ kind: 'group', match: 'any', rules });
const none = (...rules: SegmentNode[]): SegmentRule => ({ kind: 'group', match: 'none', rules });
const points = (op: 'greater_than' | 'less_than', value: number): SegmentCondition => {
  return { kind: 'attribute', key: 'points', test: { type: 'number', op, value } };
};
const onList: SegmentCondition = { kind: 'list', listId: LIST, is: 'subscribed' };
const sent = (happened: boolean, withinDays?: number): SegmentCondition => {
  return { kind: 'behaviour', did: 'sent', happened, ...(withinDays ? { withinDays } : {}) };
};
const soon: SegmentCondition = { kind: 'attribute', key: 'ends', test: { type: 'date', op: 'in_next_days', days: 30 } };
const startsWith = (value: string): SegmentCondition => {
  return { kind: 'field', field: 'email', test: { type: 'text', op: 'starts_with', value } };
};

const RULES: { name: string; selective: boolean; rule: SegmentRule }[] = [
  { name: 'city (0.1 %)', selective: true, rule: all(text('city', 'City 5')) },
  {
    name: 'country and plan (0.5 %)',
    selective: true,
    rule: all(text('country', 'Country 3'), text('plan', 'Plan 2')),
  },
  {
    name: 'tag and points (0.2 %)',
    selective: true,
    rule: all(
      { kind: 'attribute', key: 'tags', test: { type: 'tags', op: 'has', value: 't7' } },
      points('greater_than', 9500),
    ),
  },
  {
    name: 'plan and on the list and not sent (4 %)',
    selective: false,
    rule: all(text('plan', 'Plan 4'), onList, sent(false, 30)),
  },
  {
    name: 'either of two cities, not VIP',
    selective: true,
    rule: all(
      any(text('city', 'City 1'), text('city', 'City 2')),
      none({ kind: 'attribute', key: 'vip', test: { type: 'boolean', op: 'is', value: true } }),
    ),
  },
  { name: 'plan (10 %)', selective: false, rule: all(text('plan', 'Plan 1')) },
  { name: 'points over 9,500 (5 %)', selective: false, rule: all(points('greater_than', 9500)) },
  { name: 'contract ends within 30 days', selective: false, rule: all(soon) },
  { name: 'not one country (95 %)', selective: false, rule: none(text('country', 'Country 3')) },
  { name: 'email starts with user12', selective: false, rule: all(startsWith('user12')) },
  { name: 'on the list (40 %)', selective: false, rule: all(onList) },
  { name: 'sent in the last 30 days (6 %)', selective: false, rule: all(sent(true, 30)) },
  { name: 'never sent (80 %)', selective: false, rule: all(sent(false)) },
  {
    name: 'on the list or many points, not sent',
    selective: false,
    rule: all(any(onList, points('greater_than', 9000)), none(sent(true, 30))),
  },
];

async function timed(work: () => Promise<unknown>): Promise<number> {
  const startedAt = performance.now();
  await work();
  return performance.now() - startedAt;
}

/** Counts and samples a set of typical rules over the contacts of fillSegmentBench, each once. */
export async function benchSegments(databaseUrl: string, contacts: number): Promise<SegmentFigures> {
  await openPoolAt(databaseUrl);
  const ctx = systemCtx(WORKSPACE, 'bench');
  try {
    const figures: SegmentFigure[] = [];
    for (const { name, selective, rule } of RULES) {
      let matching = 0;
      const countMs = await timed(async () => {
        matching = (await countSegment(ctx, { rule })).count;
      });
      const sampleMs = await timed(() => sampleSegment(ctx, { source: { rule } }));
      figures.push({ name, selective, matching, countMs, sampleMs });
    }
    const floorMs = await timed(
      () => pool()`select count(*) from contacts where workspace_id = ${WORKSPACE} and erased_at is null`,
    );
    return { contacts, figures, floorMs };
  } finally {
    await closePool();
  }
}
