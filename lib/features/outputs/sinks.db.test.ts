import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signWebhook } from '@/lib/channels/sinks/webhook-sink';
import { type FaultyBench, openFaultyBench } from '@/lib/channels/testing/faulty-provider';
import { closePool, openPoolAt, pool } from '@/lib/db/client';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import type { CampaignDraftInput } from '@/lib/domain/campaign';
import { createOutputConnection } from '@/lib/features/outputs/create-output-connection';
import { listOutputConnections } from '@/lib/features/outputs/list-output-connections';
import { closeSinks } from '@/lib/features/outputs/open-sink';
import { updateOutputConnection } from '@/lib/features/outputs/update-output-connection';
import { verifyOutputConnection } from '@/lib/features/outputs/verify-output-connection';
import { runProgress } from '@/lib/features/runs/run-progress';
import {
  closeTestChannels,
  type DispatchFixture,
  dispatchFixture,
  draftOf,
  launchAndQueue,
  sendAll,
} from '@/lib/features/testing/dispatch-fixture';

let database: TestDatabase;
let theirs: TestDatabase;
let customer: postgres.Sql;
let bench: FaultyBench;

interface Received {
  id: string;
  valid: boolean;
  body: { type: string; data: { records?: { runId: string; step: number; contactId: string; values: unknown }[] } };
}

/** A customer's endpoint that checks signatures and answers as it is told. */
class Endpoint {
  readonly received: Received[] = [];
  status = 200;
  secret = '';
  private server: Server | undefined;

  async start(): Promise<string> {
    this.server = createServer((request, response) => {
      const chunks: Buffer[] = [];
      request.on('data', (chunk) => chunks.push(chunk));
      request.on('end', () => {
        const body = Buffer.concat(chunks).toString('utf8');
        const id = String(request.headers['webhook-id']);
        const signed = signWebhook(this.secret, id, String(request.headers['webhook-timestamp']), body);
        const valid = request.headers['webhook-signature'] === signed;
        this.received.push({ id, valid, body: JSON.parse(body) });
        response.statusCode = this.status;
        response.end();
      });
    });
    await new Promise<void>((resolve) => this.server?.listen(0, '127.0.0.1', resolve));
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}/records`;
  }

  stop(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}

const endpoint = new Endpoint();
let endpointUrl = '';

beforeAll(async () => {
  database = await testDatabase();
  theirs = await testDatabase();
  customer = postgres(theirs.url, { max: 2, onnotice: () => undefined });
  await openPoolAt(database.url);
  bench = await openFaultyBench();
  endpointUrl = await endpoint.start();
});

afterAll(async () => {
  endpoint.stop();
  await closeSinks();
  await closeTestChannels();
  await customer.end();
  await closePool();
  await bench.close();
  await theirs.drop();
  await database.drop();
});

const fixture = (count: number) => dispatchFixture({ smtpPort: bench.provider.smtpPort, smsUrl: bench.baseUrl }, count);

function theirConfig(port?: number) {
  const url = new URL(theirs.url);
  return {
    kind: 'postgres' as const,
    host: url.hostname,
    port: port ?? Number(url.port),
    database: url.pathname.slice(1),
    user: decodeURIComponent(url.username),
    tls: 'off' as const,
  };
}

const theirPassword = () => decodeURIComponent(new URL(theirs.url).password) || 'unused';

/** Email first, then one record step into each given sink. */
function recording(f: DispatchFixture, sinks: unknown[]): CampaignDraftInput {
  const { flow = [], ...draft } = draftOf(f, ['email', ...sinks.map(() => 'record' as const)]);
  const steps = flow.map((step, i) => (i === 0 ? step : { ...step, continueWhen: 'settled', sink: sinks[i - 1] }));
  return { ...draft, flow: steps } as CampaignDraftInput;
}

async function dueNow(runId: string): Promise<void> {
  await pool()`update output_connections set hold_until = now() where hold_until is not null`;
  await pool()`update batches set not_before = now() where run_id = ${runId} and state = 'ready'`;
}

describe('a record step into the customer’s own PostgreSQL', () => {
  it('makes its table, upserts by run, step and contact, and repeating a batch changes nothing', async () => {
    const f = await fixture(30);
    const { id } = await createOutputConnection(f.ctx, {
      name: 'Warehouse',
      config: theirConfig(),
      secret: theirPassword(),
    });
    expect(await verifyOutputConnection(f.ctx, { id, table: 'sent' })).toMatchObject({ ok: true });
    const runId = await launchAndQueue(f, recording(f, [{ kind: 'postgres', connectionId: id, table: 'sent' }]));
    expect((await sendAll(f, runId)).status).toBe('completed');
    const rows = await customer`select step, "values" from sent where run_id = ${runId}`;
    expect(rows).toHaveLength(30);
    expect(rows[0]).toMatchObject({ step: 2, values: { outcome: 'accepted', external_id: expect.any(String) } });
    // as after a crash between their commit and ours
    await pool()`
      with again as (select * from deliveries where run_id = ${runId} and step = 1),
        taken as (update run_counters set n = 0 where run_id = ${runId} and step = 1)
      insert into deliveries (workspace_id, run_id, step, contact_id, batch_id, resend_of, repeat)
      select workspace_id, run_id, step, contact_id, batch_id, id, 1 from again`;
    await pool()`update batches set state = 'ready' where run_id = ${runId} and step = 1`;
    await pool()`update runs set status = 'sending' where id = ${runId}`;
    await sendAll(f, runId);
    const [after] = await customer`select count(*)::int as n from sent where run_id = ${runId}`;
    expect(after).toEqual({ n: 30 });
    expect(await verifyOutputConnection(f.ctx, { id, table: 'sent' })).toMatchObject({ ok: true });
  }, 90_000);

  it('keeps its password sealed', async () => {
    const f = await fixture(1);
    const { id } = await createOutputConnection(f.ctx, { name: 'Secret', config: theirConfig(), secret: 'hunter2' });
    const [row] = await pool()`select config::text || secret::text as text from output_connections where id = ${id}`;
    expect(row?.text).not.toContain('hunter2');
    expect(JSON.stringify(await listOutputConnections(f.ctx))).not.toContain('hunter2');
  });

  it('being down holds only its own step, spends no attempt, tells people once, and goes on when it is back', async () => {
    const f = await fixture(20);
    const { id } = await createOutputConnection(f.ctx, {
      name: 'Warehouse',
      config: theirConfig(1),
      secret: theirPassword(),
    });
    const draft = recording(f, [
      { kind: 'table', outputTableId: f.outputTableId },
      { kind: 'postgres', connectionId: id, table: 'later' },
    ]);
    const notify = { emails: ['ops@telco.example'], events: ['stalled' as const] };
    const runId = await launchAndQueue(f, { ...draft, notify });
    for (let i = 0; i < 4; i++) {
      expect((await sendAll(f, runId)).status).toBe('sending');
      await dueNow(runId);
    }
    const held = await runProgress(f.ctx, runId);
    expect(held.steps.map(({ counts }) => [counts.accepted, counts.waiting])).toEqual([
      [20, 0],
      [20, 0],
      [0, 20],
    ]);
    const [spent] = await pool()`select max(attempts)::int as n from deliveries where run_id = ${runId} and step = 2`;
    expect(spent).toEqual({ n: 0 });
    const told =
      await pool()`select payload ->> 'detail' as detail from notices where workspace_id = ${f.ctx.workspaceId}`;
    expect(told).toEqual([{ detail: expect.stringContaining('Warehouse takes no records') }]);
    expect(await listOutputConnections(f.ctx)).toMatchObject([{ holdReason: expect.any(String) }]);
    await updateOutputConnection(f.ctx, { id, config: theirConfig() });
    await dueNow(runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    const [after] = await customer`select count(*)::int as n from later where run_id = ${runId}`;
    expect(after).toEqual({ n: 20 });
  });

  it('that refuses one value fails that row alone, with what the database said', async () => {
    const f = await fixture(5);
    await customer`create table picky (run_id text, step int, contact_id text, "values" jsonb check ("values" ->> 'external_id' <> 'X3'),
      recorded_at timestamptz, primary key (run_id, step, contact_id))`;
    const { id } = await createOutputConnection(f.ctx, {
      name: 'Picky',
      config: theirConfig(),
      secret: theirPassword(),
    });
    const runId = await launchAndQueue(f, recording(f, [{ kind: 'postgres', connectionId: id, table: 'picky' }]));
    expect((await sendAll(f, runId)).status).toBe('completed');
    expect((await runProgress(f.ctx, runId)).steps[1]?.counts).toMatchObject({ accepted: 4, failed: 1 });
    const [failed] =
      await pool()`select error_class, error_code, error_text from deliveries where run_id = ${runId} and state = 'failed'`;
    expect(failed).toEqual({
      error_class: 'content',
      error_code: '23514',
      error_text: expect.stringContaining('picky'),
    });
  });
});

describe('a record step into a signed webhook', () => {
  it('posts a batch of records with a signature, and a repetition carries the same id', async () => {
    const f = await fixture(25);
    const { id, signingKey } = await createOutputConnection(f.ctx, {
      name: 'CRM',
      config: { kind: 'webhook', url: endpointUrl },
    });
    endpoint.secret = signingKey ?? '';
    expect(await verifyOutputConnection(f.ctx, { id })).toEqual({ ok: true, text: expect.any(String) });
    const runId = await launchAndQueue(f, recording(f, [{ kind: 'webhook', connectionId: id }]));
    endpoint.status = 503;
    expect((await sendAll(f, runId)).status).toBe('sending');
    endpoint.status = 200;
    await dueNow(runId);
    expect((await sendAll(f, runId)).status).toBe('completed');
    const posts = endpoint.received.filter(({ body }) => body.type === 'records');
    expect(posts.every(({ valid }) => valid)).toBe(true);
    expect(posts.length).toBeGreaterThan(1);
    const first = posts[0];
    const again = posts.filter((post) => post.id === first?.id);
    expect(again.length).toBeGreaterThan(1);
    expect(new Set(again.map((post) => JSON.stringify(post.body))).size).toBe(1);
    const people = new Set(posts.flatMap(({ body }) => body.data.records?.map((record) => record.contactId) ?? []));
    expect(people.size).toBe(25);
  });
});
