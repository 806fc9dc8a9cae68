import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import {
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
} from '@/lib/features/testing/dispatch-fixture';
import { messageLinks } from '@/lib/features/tracking/links';
import { ROOT } from './environment';
import { anyFreePort } from './free-port';

const LANES = 12;
const ROUNDS = 3;
const ENOUGH = 150;
const CONTACTS = 4_000;
let database: TestDatabase;
let f: DispatchFixture;
let key: string;
let opens: { deliveryId: string; path: string }[];
let server: ChildProcess;
let base: string;

async function startWeb(): Promise<void> {
  const port = await anyFreePort();
  base = `http://127.0.0.1:${port}`;
  server = spawn(process.execPath, ['--import', 'tsx', 'scripts/testing/machine-server.ts', String(port)], {
    cwd: ROOT,
    env: { ...process.env, DATABASE_URL: database.url, APP_URL: base },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (server.stdout) await once(server.stdout, 'data');
}

async function killWeb(): Promise<void> {
  const gone = once(server, 'exit');
  server.kill('SIGKILL');
  await gone;
}

const write = (externalId: string) =>
  fetch(`${base}/api/v1/contacts`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json', 'idempotency-key': externalId },
    body: JSON.stringify({ externalId }),
  });

beforeAll(async () => {
  database = await testDatabase();
  await openPoolAt(database.url);
  f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, CONTACTS);
  const runId = await launchAndQueue(f, draftOf(f, ['email']));
  const rows = await pool()<{ id: string }[]>`select id::text from deliveries where run_id = ${runId}`;
  opens = rows.map(({ id }) => ({ deliveryId: id, path: new URL(messageLinks('http://x', id).openUrl).pathname }));
  const actor = { type: 'user' as const, userId: 'usr_1', name: 'Ada', role: 'owner' as const };
  key = (await createApiKey({ workspaceId: f.ctx.workspaceId, actor }, { name: 'CRM', scopes: ['contacts.write'] }))
    .key;
});
afterAll(async () => {
  await killWeb();
  await closePool();
  await database.drop();
});

it('nothing that was answered is lost when the web process is killed, and nothing is written twice by who asks again', async () => {
  const opened: string[] = [];
  const written: string[] = [];
  const unanswered: string[] = [];
  let n = 0;
  for (let round = 0; round < ROUNDS; round++) {
    await startWeb();
    const before = [opened.length, written.length];
    const lane = async () => {
      for (;;) {
        const open = opens[n++];
        const externalId = `kept-${n}`;
        if (!open) return;
        try {
          const seen = await fetch(base + open.path);
          if (seen.status === 200) opened.push(open.deliveryId);
          unanswered.push(externalId);
          const answer = await write(externalId);
          if (answer.status === 201) written.push(externalId);
          unanswered.splice(unanswered.indexOf(externalId), 1);
        } catch (error) {
          // the connection of a process that is gone
          if (error instanceof TypeError) return;
          throw error;
        }
      }
    };
    const lanes = Array.from({ length: LANES }, lane);
    await expect
      .poll(() => Math.min(opened.length - (before[0] ?? 0), written.length - (before[1] ?? 0)), {
        timeout: 60_000,
        interval: 2,
      })
      .toBeGreaterThan(ENOUGH);
    await killWeb();
    await Promise.all(lanes);
  }
  expect(unanswered.length).toBeGreaterThan(0);

  await startWeb();
  // who got no answer asks again with the same key: carried out, answered again, or told that it was or is being done
  for (const externalId of unanswered) expect([201, 409]).toContain((await write(externalId)).status);

  const hits = await pool()<{ id: string }[]>`select distinct delivery_id::text as id from tracking_hits`;
  const stored = new Set(hits.map(({ id }) => id));
  expect(opened.filter((id) => !stored.has(id))).toEqual([]);
  const contacts = await pool()<{ externalId: string }[]>`
    select external_id as "externalId" from contacts where workspace_id = ${f.ctx.workspaceId} and starts_with(external_id, 'kept-')`;
  const there = contacts.map(({ externalId }) => externalId);
  expect(written.filter((externalId) => !there.includes(externalId))).toEqual([]);
  expect(new Set(there).size).toBe(there.length);
});
