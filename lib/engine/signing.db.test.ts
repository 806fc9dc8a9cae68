import { Inngest } from 'inngest';
import { serve } from 'inngest/edge';
import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { SIGNING_KEY, silent } from './conformance/targets';
import { createEngine, createSendOnly } from './engine';
import { SESSION_OPTIONS } from './liveness';
import { canonicalJson, signature } from './protocol';

let database: TestDatabase;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await database.drop();
});

describe('signatures', () => {
  const url = 'http://engine.invalid/api/inngest?fnId=app-fn&stepId=step';
  const body = canonicalJson({ event: { name: 'x' }, events: [], steps: {}, ctx: { run_id: 'r', attempt: 0 } });

  function handlerOf(ran: () => void) {
    const inngest = new Inngest({ id: 'app', isDev: false, eventKey: 'e', signingKey: SIGNING_KEY, logger: silent });
    const fn = inngest.createFunction({ id: 'fn', triggers: [{ event: 'x' }] }, async () => ran());
    return serve({ client: inngest, functions: [fn], enableUnauthedSync: false });
  }
  const call = (method: string, headers: Record<string, string>) =>
    new Request(url, {
      method,
      headers: { host: 'engine.invalid', ...headers },
      body: method === 'GET' ? undefined : body,
    });

  it('an unsigned call, a wrong key, a stale or a changed call execute nothing', async () => {
    let ran = 0;
    const handler = handlerOf(() => {
      ran++;
    });
    const wrongKey = `signkey-embedded-${'00'.repeat(32)}`;
    const refused: Record<string, string>[] = [
      {},
      { 'x-inngest-signature': '' },
      { 'x-inngest-signature': signature(body, wrongKey) },
      { 'x-inngest-signature': signature(body, SIGNING_KEY, Date.now() - 3_600_000) },
      { 'x-inngest-signature': signature(`${body} `, SIGNING_KEY) },
    ];
    for (const headers of refused) {
      for (const method of ['POST', 'PUT']) expect((await handler(call(method, headers))).status).toBe(401);
    }
    expect((await handler(call('GET', {}))).status).toBe(401);
    expect(ran).toBe(0);
    const signed = await handler(call('POST', { 'x-inngest-signature': signature(body, SIGNING_KEY) }));
    expect(signed.status).toBe(200);
    expect(ran).toBe(1);
  });

  it('an engine with another key than its functions cannot start', async () => {
    const sql = postgres(database.url, { max: 4, onnotice: () => undefined });
    closers.push(() => sql.end({ timeout: 5 }));
    const engine = createEngine({
      sql,
      session: () => postgres(database.url, SESSION_OPTIONS),
      signingKey: `signkey-embedded-${'11'.repeat(32)}`,
      appId: 'app',
    });
    await engine.migrate();
    await expect(engine.start(handlerOf(() => undefined))).rejects.toThrow(/401/);
  });

  it('a checkpoint without the right bearer is refused', async () => {
    const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
    closers.push(() => sql.end({ timeout: 5 }));
    const { fetch } = createSendOnly({ sql, signingKey: SIGNING_KEY });
    for (const authorization of ['', 'Bearer wrong']) {
      const init = { method: 'POST', headers: { authorization }, body: '{}' };
      expect((await fetch('http://x/v1/checkpoint/run/async', init)).status).toBe(401);
      expect((await fetch('http://x/v1/signals', init)).status).toBe(401);
    }
  });
});
