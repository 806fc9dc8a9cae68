import type { Ctx } from '@/lib/context';
import { closePool, openPoolAt, pool, withSystemTx } from '@/lib/db/client';
import { createCampaign } from '@/lib/features/campaigns/create-campaign';
import { launchCampaign } from '@/lib/features/campaigns/launch-campaign';
import { contactHistory } from '@/lib/features/service/contact-history';
import { lookUpCustomer } from '@/lib/features/service/look-up-customer';
import { type DispatchFixture, dispatchFixture, draftOf } from '@/lib/features/testing/dispatch-fixture';

export interface HistoryBench {
  interactions: number;
  contacts: number;
  /** One page of 30 lines, of contacts picked at random, in milliseconds. */
  historyMedianMs: number;
  historyP99Ms: number;
  historyMaxMs: number;
  /** The whole answer: planned, under way, history, and its entry in the audit log. */
  answerMedianMs: number;
  answerP99Ms: number;
  answerMaxMs: number;
}

const RUNS = 400;
/** Every contact is in one run of ten, and left out of another one of ten. */
const ONE_OF = 10;
/** Accepted (told by its delivery), delivered, and opened by every second. */
const LINES_PER_MESSAGE = 2.5;
const ASKED = 1000;

function contactId(n: number): string {
  return `con_${n.toString(16).padStart(16, '0')}`;
}

/** One finished run, its lines of history written in the order of time, as dispatch writes them. */
async function generateRun(f: DispatchFixture, model: string, n: number, contacts: number): Promise<void> {
  const ws = f.ctx.workspaceId;
  const runId = `run_${String(n).padStart(16, '0')}`;
  const at = new Date(Date.UTC(2025, 0, 1) + n * 86_400_000);
  await withSystemTx(async ({ sql }) => {
    await sql`select set_config('synchronous_commit', 'off', true)`;
    await sql`
      insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, started_at, completed_at,
                        created_at, base_url, launched_by)
      select ${runId}, workspace_id, campaign_id, version_id, ${`bench:${n}`}, name, 'completed', ${at}, ${at}, ${at}, base_url,
             launched_by from runs where id = ${model}`;
    await sql`
      insert into run_members (workspace_id, run_id, contact_id, exclusion)
      select ${ws}, ${runId}, 'con_' || lpad(to_hex(c), 16, '0'), 'consent_missing'
      from generate_series(${(n + 3) % ONE_OF}::int, ${contacts - 1}::int, ${ONE_OF}::int) c`;
    await sql`
      with batch as (
        insert into batches (workspace_id, run_id, step, wave, state, size, dated_at)
        values (${ws}, ${runId}, 0, 1, 'done', 1, ${at}) returning id
      ), made as (
        insert into deliveries (workspace_id, run_id, contact_id, batch_id, step, attempts, state, settled_at, delivered_at, opened_at, history_id)
        select ${ws}, ${runId}, 'con_' || lpad(to_hex(c), 16, '0'), batch.id, 0, 1, 'accepted', ${at}::timestamptz,
               ${at}::timestamptz + interval '1 minute', case when (c / ${ONE_OF}::int) % 2 = 0 then ${at}::timestamptz + interval '1 hour' end,
               nextval('interactions_id_seq')
        from batch, generate_series(${n % ONE_OF}::int, ${contacts - 1}::int, ${ONE_OF}::int) c
        returning id, contact_id, opened_at
      )
      insert into interactions (workspace_id, contact_id, at, type, step, delivery_id, run_id)
      select ${ws}, contact_id, ${at}::timestamptz + k.after, k.type, 0, made.id, ${runId}
      from (values (1, 'email.delivered', interval '1 minute'), (2, 'email.opened', interval '1 hour'))
        as k(n, type, after), made
      where k.n < 2 or made.opened_at is not null order by k.n, made.id`;
  });
}

async function generate(f: DispatchFixture, interactions: number): Promise<void> {
  const sql = pool();
  const contacts = Math.round((interactions * ONE_OF) / RUNS / LINES_PER_MESSAGE);
  await sql`
    insert into contacts (id, workspace_id, external_id, email, first_name)
    select 'con_' || lpad(to_hex(c), 16, '0'), ${f.ctx.workspaceId}, 'H' || c, 'h' || c || '@example.com', 'Name ' || c
    from generate_series(0, ${contacts - 1}::int) c`;
  const draft = draftOf(f, ['email'], {
    schedule: { kind: 'at', at: new Date(Date.now() + 86_400_000).toISOString() },
  });
  const { id } = await createCampaign(f.ctx, { name: 'Bench', draft });
  const { runId } = await launchCampaign(f.ctx, { campaignId: id });
  for (let n = 0; n < RUNS; n++) await generateRun(f, runId, n, contacts);
  await sql`vacuum analyze interactions, deliveries, run_members, runs, contacts`;
  // so that the disk does not write all this while the answers are timed
  await sql`checkpoint`;
}

async function timesOf(count: number, contacts: number, ask: (id: string) => Promise<unknown>): Promise<number[]> {
  const times: number[] = [];
  for (let i = 0; i < count; i++) {
    const startedMs = performance.now();
    await ask(contactId(Math.floor(Math.random() * contacts)));
    times.push(performance.now() - startedMs);
  }
  return times.sort((a, b) => a - b);
}

const place = (sorted: readonly number[], share: number) =>
  sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))] ?? Number.NaN;

/** The desk as an agent of the workspace that the filling made; the pool is open. */
async function agentOf(): Promise<{ agent: Ctx; contacts: number; interactions: number }> {
  const [row] = await pool()<{ workspaceId: string; contacts: number }[]>`
    select workspace_id as "workspaceId", count(*)::int as contacts from contacts
    where starts_with(external_id, 'H') group by workspace_id`;
  if (!row) throw new Error('This database was not filled.');
  const [lines] = await pool()<{ n: number }[]>`
    select (select count(*)::int from interactions) + (select count(*)::int from deliveries where history_id is not null) as n`;
  const actor = { type: 'user', userId: 'usr_bench', name: 'Bench', role: 'service_agent' } as const;
  return { agent: { workspaceId: row.workspaceId, actor }, contacts: row.contacts, interactions: lines?.n ?? 0 };
}

/** Fills an empty migrated database with `interactions` lines of history over 400 runs. */
export async function fillHistory(databaseUrl: string, interactions: number): Promise<void> {
  await openPoolAt(databaseUrl, 6);
  try {
    await generate(await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 1), interactions);
  } finally {
    await closePool();
  }
}

/** How long one customer's history takes in a database so filled, as an agent reads it, under row-level security. */
export async function measureHistory(databaseUrl: string): Promise<HistoryBench> {
  await openPoolAt(databaseUrl, 6);
  try {
    const { agent, contacts, interactions } = await agentOf();
    await timesOf(20, contacts, (id) => contactHistory(agent, { contactId: id }));
    const history = await timesOf(ASKED, contacts, (id) => contactHistory(agent, { contactId: id }));
    const answer = await timesOf(ASKED / 3, contacts, (id) => lookUpCustomer(agent, { contactId: id }));
    return {
      interactions,
      contacts,
      historyMedianMs: place(history, 0.5),
      historyP99Ms: place(history, 0.99),
      historyMaxMs: place(history, 1),
      answerMedianMs: place(answer, 0.5),
      answerP99Ms: place(answer, 0.99),
      answerMaxMs: place(answer, 1),
    };
  } finally {
    await closePool();
  }
}
