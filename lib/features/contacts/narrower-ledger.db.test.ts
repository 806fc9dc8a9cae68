import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, inject, it } from 'vitest';
import { systemCtx } from '@/lib/context';
import { closePool, openPoolAt } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { listInteractions } from '@/lib/features/contacts/list-interactions';
import { deliveryIdToPublic } from '@/lib/ids';

const MIGRATION = 'a_narrower_ledger';
const NAME = 'test_narrower_ledger';
let admin: postgres.Sql;
let sql: postgres.Sql;
let url: string;
let before: { id: string; type: string; at: Date; deliveryId: string | null; data: unknown }[];
let deliveryOf: Record<string, string>;

/** The migrations as they were before the one that is tested. */
function migrationsBefore(): string {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-migrations-'));
  cpSync(path.resolve('drizzle'), folder, { recursive: true });
  const file = path.join(folder, 'meta/_journal.json');
  const journal = JSON.parse(readFileSync(file, 'utf8')) as { entries: { tag: string }[] };
  const end = journal.entries.findIndex(({ tag }) => tag.endsWith(MIGRATION));
  writeFileSync(file, JSON.stringify({ ...journal, entries: journal.entries.slice(0, end) }));
  return folder;
}

interface Filled {
  name: string;
  step?: number;
  state: string;
  resolution?: string;
  resendOf?: string;
  attempts: [outcome: string, text: string][];
  lines: [type: string, data: object | null][];
}

const SAID = '250 2.0.0 Ok: queued as';
const FILLED: Filled[] = [
  { name: 'at once', state: 'accepted', attempts: [['accepted', `${SAID} 1`]], lines: [['email.accepted', null]] },
  {
    name: 'later',
    step: 1,
    state: 'accepted',
    attempts: [
      ['rejected', '451 later'],
      ['accepted', `${SAID} 2`],
    ],
    lines: [['email.accepted', null]],
  },
  {
    name: 'proven',
    step: 2,
    state: 'accepted',
    resolution: 'assumed by Mei',
    attempts: [['unknown', 'lost']],
    lines: [
      ['email.in_doubt', { code: 'lost', text: 'lost' }],
      ['email.accepted', { evidence: 'assumed by Mei', text: 'She told us' }],
    ],
  },
  {
    name: 'failed',
    step: 3,
    state: 'failed',
    attempts: [['rejected', '550 no']],
    lines: [['email.failed', { code: '550', text: '550 no' }]],
  },
  {
    name: 'replaced',
    step: 4,
    state: 'superseded',
    resolution: 'sent again',
    attempts: [['unknown', 'lost']],
    lines: [['email.in_doubt', { code: 'lost', text: 'lost' }]],
  },
  {
    name: 'again',
    step: 4,
    state: 'accepted',
    resendOf: 'replaced',
    attempts: [['accepted', `${SAID} 3`]],
    lines: [['email.accepted', null]],
  },
  {
    name: 'retried',
    step: 5,
    state: 'accepted',
    resolution: 'provider reported bounced hard',
    attempts: [
      ['unknown', 'lost'],
      ['accepted', `${SAID} 4`],
    ],
    lines: [
      ['email.failed', { evidence: 'provider reported bounced hard', text: null }],
      ['email.accepted', null],
    ],
  },
  { name: 'recorded', step: 6, state: 'accepted', attempts: [['accepted', 'Recorded']], lines: [] },
];

async function fill(): Promise<void> {
  await sql`insert into workspaces (id, name, slug) values ('wsp_a', 'A', 'a')`;
  await sql`insert into contacts (id, workspace_id) values ('con_a', 'wsp_a')`;
  await sql`insert into campaigns (id, workspace_id, name, draft, created_by) values ('cmp_a', 'wsp_a', 'C', '{}', 'x')`;
  const outline = FILLED.map((_, n) => ({ id: `s${n}`, name: `S${n}`, kind: n === 6 ? 'record' : 'email' }));
  await sql`insert into campaign_versions (id, workspace_id, campaign_id, number, frozen, outline, content_sha256, created_by)
            values ('ver_a', 'wsp_a', 'cmp_a', 1, '{}', ${JSON.stringify(outline)}::text::jsonb, '', 'x')`;
  await sql`insert into runs (id, workspace_id, campaign_id, version_id, occurrence_key, name, status, base_url, launched_by)
            values ('run_a', 'wsp_a', 'cmp_a', 'ver_a', '1', 'r', 'completed', 'http://x', '{}')`;
  deliveryOf = {};
  for (const [n, { name, step = 0, state, resolution, resendOf, attempts, lines }] of FILLED.entries()) {
    const at = new Date(Date.UTC(2026, 0, n + 1));
    const isFailed = state === 'failed';
    const [row] = await sql<{ id: string }[]>`
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, state, attempts, settled_at, first_intent_at,
        resolution, resend_of, error_class, error_code, error_text)
      values ('wsp_a', 'run_a', ${step}, 'con_a', 1, ${state}, ${attempts.length}, ${at}, ${at}, ${resolution ?? null},
        ${resendOf ? (deliveryOf[resendOf] ?? null) : null}, ${isFailed ? 'recipient' : null}, ${isFailed ? '550' : null},
        ${isFailed ? '550 no' : null}) returning id::text`;
    const id = row?.id ?? '';
    deliveryOf[name] = id;
    for (const [i, [outcome, text]] of attempts.entries())
      await sql`insert into delivery_attempts (delivery_id, n, outcome, intent_at, ended_at, code, text)
                values (${id}, ${i + 1}, ${outcome}, ${new Date(at.getTime() + i)}, ${at}, ${outcome === 'accepted' ? 'ok' : 'x'}, ${text})`;
    for (const [type, data] of lines)
      await sql`insert into interactions (workspace_id, contact_id, at, type, step, delivery_id, run_id, data)
                values ('wsp_a', 'con_a', ${at}, ${type}, ${step}, ${id}, 'run_a', ${data ? JSON.stringify(data) : null}::text::jsonb)`;
  }
  await sql`insert into interactions (workspace_id, contact_id, type, data) values ('wsp_a', 'con_a', 'note', '{"text":"Called"}')`;
}

beforeAll(async () => {
  admin = postgres(inject('postgres').adminUrl, { max: 1, onnotice: () => undefined });
  await admin`drop database if exists ${admin(NAME)} with (force)`;
  await admin`create database ${admin(NAME)}`;
  url = Object.assign(new URL(inject('postgres').adminUrl), { pathname: `/${NAME}` }).href;
  const folder = migrationsBefore();
  await migrate(url, folder);
  rmSync(folder, { recursive: true, force: true });
  sql = postgres(url, { max: 1, onnotice: () => undefined });
  await fill();
  before = await sql<typeof before>`
    select id::text, type, at, delivery_id::text as "deliveryId", data from interactions order by interactions.id desc`;
  await migrate(url);
  await openPoolAt(url);
});
afterAll(async () => {
  await closePool();
  await sql.end();
  await admin`drop database ${admin(NAME)} with (force)`;
  await admin.end();
});

describe('a ledger filled before accepted messages were told by their deliveries', () => {
  it('tells the same history, line by line, under the same ids, in pages of any size', async () => {
    const ctx = systemCtx('wsp_a', 'test');
    const lines: unknown[] = [];
    let cursor: string | undefined;
    do {
      const { items, nextCursor } = await listInteractions(ctx, {
        contactId: 'con_a',
        limit: 3,
        ...(cursor && { cursor }),
      });
      lines.push(...items.map(({ id, type, at, deliveryId, data }) => ({ id, type, at, deliveryId, data })));
      cursor = nextCursor ?? undefined;
    } while (cursor);
    expect(lines).toEqual(
      before.map((line) => ({ ...line, deliveryId: line.deliveryId && deliveryIdToPublic(line.deliveryId) })),
    );
    expect(await sql`select 1 from interactions where type like '%.accepted'`).toHaveLength(0);
  });

  it('keeps what the provider said to every attempt', async () => {
    for (const { name, state, resolution, attempts } of FILLED) {
      const id = deliveryOf[name] ?? '';
      const rows = await sql<{ outcome: string; text: string }[]>`
        select outcome, text from delivery_attempts where delivery_id = ${id} order by n`;
      const [delivery] = await sql<{ answer: string | null; resolution: string | null }[]>`
        select answer, resolution from deliveries where id = ${id}`;
      const isToldAlone = attempts.length === 1 && attempts[0]?.[0] === 'accepted';
      expect([name, rows.map(({ outcome, text }) => [outcome, text])]).toEqual([name, isToldAlone ? [] : attempts]);
      const said = name === 'proven' ? 'She told us' : state === 'accepted' ? attempts.at(-1)?.[1] : null;
      expect([name, delivery?.answer]).toEqual([name, said]);
      // a resolution of the failure before says nothing about how it was accepted
      expect([name, delivery?.resolution]).toEqual([name, name === 'retried' ? null : (resolution ?? null)]);
    }
  });

  it('lets nobody be written to twice, and numbers what was sent again', async () => {
    const rows = await sql`select repeat from deliveries where step = 4 order by id`;
    expect(rows.map(({ repeat }) => repeat)).toEqual([0, 1]);
    await expect(sql`insert into deliveries (workspace_id, run_id, step, contact_id, batch_id)
                     values ('wsp_a', 'run_a', 0, 'con_a', 1)`).rejects.toThrow('deliveries_once');
  });
});
