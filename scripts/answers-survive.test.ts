import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { NextRequest } from 'next/server';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { POST } from '@/app/api/v1/contacts/route';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { migrate } from '@/lib/db/migrate';
import { createApiKey } from '@/lib/features/api-keys/create-api-key';
import { dispatchFixture, draftOf, launchAndQueue } from '@/lib/features/testing/dispatch-fixture';
import { recordHit } from '@/lib/features/tracking/record-hit';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { ROOT } from './environment';
import { isAlive } from './postgres/owner';

const LANES = 8;
const ENOUGH = 400;
const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-survive-'));
let server: EmbeddedPostgres;

// nothing reaches the disk by itself: what is there after a crash is there because somebody waited for it
const start = () => startEmbeddedPostgres({ folder, settings: { wal_writer_delay: '10s' }, onCrash: () => undefined });

beforeAll(async () => {
  chmodSync(folder, 0o711);
  server = await start();
  await migrate(server.url, path.join(ROOT, 'drizzle'));
  await openPoolAt(server.url);
}, 60_000);
afterAll(async () => {
  await closePool();
  await server.stop();
  rmSync(folder, { recursive: true, force: true });
});

it('nothing that was answered is lost when PostgreSQL is killed: opens, and contacts written over the API', {
  timeout: 120_000,
}, async () => {
  const f = await dispatchFixture({ smtpPort: 1, smsUrl: 'http://127.0.0.1:1' }, 50);
  const runId = await launchAndQueue(f, draftOf(f, ['email']));
  const deliveries = await pool()<{ id: string }[]>`select id::text from deliveries where run_id = ${runId}`;
  const actor = { type: 'user' as const, userId: 'usr_1', name: 'Ada', role: 'owner' as const };
  const { key } = await createApiKey(
    { workspaceId: f.ctx.workspaceId, actor },
    { name: 'CRM', scopes: ['contacts.write'] },
  );
  const answered = { opens: 0, contacts: [] as string[] };

  const open = async (n: number) => {
    const deliveryId = deliveries[n % deliveries.length]?.id ?? '';
    await recordHit({ deliveryId, kind: 'open', link: null, ip: null, userAgent: 'Test' });
    answered.opens++;
  };
  const write = async (n: number) => {
    const externalId = `kept-${n}`;
    const request = new NextRequest('http://localhost:3000/api/v1/contacts', {
      method: 'POST',
      headers: {
        authorization: `Bearer ${key}`,
        'content-type': 'application/json',
        ...(n % 2 && { 'idempotency-key': externalId }),
      },
      body: JSON.stringify({ externalId }),
    });
    const { status } = await POST(request, { params: Promise.resolve({}) });
    if (status !== 201) throw new Error(`The write was answered ${status}.`);
    answered.contacts.push(externalId);
  };
  let killed = false;
  const lane = async (act: (n: number) => Promise<void>, first: number) => {
    try {
      for (let n = first; !killed; n += LANES) await act(n);
    } catch (error) {
      if (!killed) throw error;
    }
  };
  const lanes = Array.from({ length: LANES }, (_, n) => [lane(open, n), lane(write, n)]).flat();
  await expect
    .poll(() => Math.min(answered.opens, answered.contacts.length), { timeout: 60_000, interval: 5 })
    .toBeGreaterThan(ENOUGH);
  killed = true;
  process.kill(server.pid, 'SIGQUIT');
  await Promise.all(lanes);
  await expect.poll(() => isAlive(server.pid), { timeout: 20_000 }).toBe(false);
  await closePool();

  server = await start();
  await openPoolAt(server.url);
  const [hits] = await pool()<{ n: number }[]>`select count(*)::int as n from tracking_hits`;
  expect(hits?.n).toBeGreaterThanOrEqual(answered.opens);
  const lost = await pool()<{ id: string }[]>`
    select id from unnest(${answered.contacts}::text[]) id
    except select external_id from contacts where workspace_id = ${f.ctx.workspaceId}`;
  expect(lost.map(({ id }) => id)).toEqual([]);
});
