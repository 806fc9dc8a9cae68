import postgres from 'postgres';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createWorld, eventually, type Kit } from './conformance/kit';
import { SIGNING_KEY, startEmbedded } from './conformance/targets';
import { createEngine, createSendOnly, type EngineOptions } from './engine';

let database: TestDatabase;
const closers: (() => Promise<unknown>)[] = [];

beforeEach(async () => {
  database = await testDatabase();
});
afterEach(async () => {
  for (const close of closers.splice(0).reverse()) await close();
  await database.drop();
});

type Build = Parameters<typeof startEmbedded>[1];
async function start(build: Build, more: Partial<EngineOptions> = {}) {
  const running = await startEmbedded(database.url, build, more);
  closers.push(running.stop);
  return { ...running, world: createWorld(running.kit, running.target) };
}

/** A step that lasts until released. */
function held() {
  let release: () => void = () => undefined;
  const released = new Promise<void>((resolve) => {
    release = resolve;
  });
  return { released, release };
}

const twoSteps =
  (gate: Promise<void>): Build =>
  ({ inngest, on, effects }) => [
    inngest.createFunction({ id: 'two', retries: 0, triggers: [{ event: on('two') }] }, async ({ step, runId }) => {
      await step.run('first', async () => {
        await effects.note(runId, 'first');
        await gate;
      });
      await step.run('second', () => effects.note(runId, 'second'));
      return 'both';
    }),
  ];

describe('sending', () => {
  it('is durable before any executor exists, once per seed and all or nothing', async () => {
    const sql = postgres(database.url, { max: 2, onnotice: () => undefined });
    closers.push(() => sql.end({ timeout: 5 }));
    const sender = createSendOnly({ sql, signingKey: SIGNING_KEY });
    await createEngine({ sql, session: () => sql, signingKey: SIGNING_KEY, appId: 'conformance' }).migrate();
    const post = (events: unknown[], seed: string) =>
      sender.fetch('http://x/e/key', {
        method: 'POST',
        headers: { 'x-inngest-event-id-seed': seed },
        body: JSON.stringify(events),
      });
    const ids: unknown[] = [];
    for (let i = 0; i < 2; i++) {
      const response = await post([{ name: 't/two', data: {} }], '1700000000000,c2VlZA==');
      expect(response.status).toBe(200);
      ids.push(...((await response.json()) as { ids: string[] }).ids);
    }
    expect(new Set(ids).size).toBe(1);
    expect((await post([{ name: 't/two' }, { name: 'inngest/function.failed' }], 's,1')).status).toBe(400);
    expect((await post([{ name: 't/two' }, { data: 1 }], 's,2')).status).toBe(400);
    const { world } = await start(twoSteps(Promise.resolve()));
    const run = await world.ended(String(ids[0]));
    expect(run.output).toBe('both');
    expect(await sql`select 1 from engine.run`).toHaveLength(1);
  });

  it('a repeated event neither takes a throttled start nor cancels the run it repeats', async () => {
    const build: Build = ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'strict',
          idempotency: 'event.data.key',
          singleton: { mode: 'cancel' },
          throttle: { limit: 1, period: '1h', burst: 2 },
          triggers: [{ event: on('strict') }],
        },
        async ({ step, event }) => {
          await step.waitForEvent('go', { event: on('strict go'), timeout: '1h' });
          await step.run('note', () => effects.note('strict', event.data.key));
        },
      ),
    ];
    const { world, sql } = await start(build);
    const eventId = await world.send('strict', { key: 'A' });
    await world.inngest.send(Array.from({ length: 3 }, () => ({ name: 't/strict', data: { key: 'A' } })));
    await eventually('the run to end', async () => {
      await world.send('strict go');
      return (await world.effects.of('strict')).length === 1;
    });
    expect((await world.ended(eventId)).status).toBe('completed');
    const second = await world.send('strict', { key: 'B' });
    await eventually('the second start, which fits into the burst', async () => {
      const [run] = await world.target.runs(second);
      return run?.status === 'running';
    });
    expect(await sql`select 1 from engine.run`).toHaveLength(2);
  });

  it('text that PostgreSQL cannot hold as text travels through events, waits and results', async () => {
    const build: Build = ({ inngest, on }) => [
      inngest.createFunction({ id: 'nul', triggers: [{ event: on('nul') }] }, async ({ step, event }) => {
        const kept = await step.run('keep', () => event.data.text);
        const rule = 'async.data.id == event.data.id && async.data.n > 1';
        const reply = await step.waitForEvent('reply', { event: on('nul reply'), timeout: '1h', if: rule });
        return [kept, reply?.data.text];
      }),
    ];
    const { world, engine } = await start(build);
    const text = 'a\u0000b\ud800';
    const eventId = await world.send('nul', { id: 1, text });
    await eventually('the reply to be taken', async () => {
      await world.send('nul reply', { id: 1, n: 2, text });
      return (await world.target.runs(eventId))[0]?.status === 'completed';
    });
    expect((await world.ended(eventId)).output).toEqual([text, text]);
    expect(await engine.admin.listRuns({ eventId })).toMatchObject([{ eventName: 't/nul', stepCount: 2 }]);
  });

  it('one event that cannot be routed does not hold up the others', async () => {
    const { world, sql } = await start(twoSteps(Promise.resolve()));
    await sql`insert into engine.event (id, name, payload) values ('broken', 't/two', 'null')`;
    const run = await world.ended(await world.send('two'));
    expect(run.status).toBe('completed');
    const [broken] = await sql<{ problem: string | null }[]>`select problem from engine.event where id = 'broken'`;
    expect(broken?.problem).toBeTruthy();
  });
});

describe('draining', () => {
  it('finishes the step under way, starts no other, and the next executor goes on from there', async () => {
    const gate = held();
    const first = await startEmbedded(database.url, twoSteps(gate.released));
    const world = createWorld(first.kit, first.target);
    const eventId = await world.send('two');
    const runId = await eventually('the first step', async () => {
      const [run] = await first.target.runs(eventId);
      return run && (await first.kit.effects.of(run.id)).length === 1 && run.id;
    });
    const stopped = first.stop();
    gate.release();
    await stopped;
    const second = await start(twoSteps(Promise.resolve()));
    const [job] = await second.sql<{ n: number }[]>`select count(*)::int as n from engine.step where run_id = ${runId}`;
    expect(job?.n).toBeGreaterThanOrEqual(1);
    expect((await second.world.ended(eventId)).output).toBe('both');
    expect(await second.kit.effects.of(runId)).toEqual(['first', 'second']);
  });
});

describe('fencing', () => {
  it('an answer for a job that was taken over is dropped, and its checkpoint told to stop', async () => {
    const gate = held();
    const { world, target, sql } = await start(twoSteps(gate.released));
    const eventId = await world.send('two');
    const runId = await eventually('the first step', async () => {
      const [run] = await target.runs(eventId);
      return run && (await world.effects.of(run.id)).length === 1 && run.id;
    });
    await sql`update engine.job set generation = generation + 1, owner = 7, lease_until = now() + interval '1 hour' where run_id = ${runId}`;
    gate.release();
    await eventually(
      'the fenced job to be freed and done again',
      async () => (await world.effects.of(runId)).length === 3,
    );
    expect((await world.ended(eventId)).output).toBe('both');
    expect(await world.effects.of(runId)).toEqual(['first', 'first', 'second']);
  });

  async function diedTimes(lost: number) {
    const { world, sql } = await start(twoSteps(Promise.resolve()));
    const eventId = await world.send('two', {}, { ts: Date.now() + 3_600_000 });
    await eventually('the run to be made', async () => (await world.target.runs(eventId)).length === 1);
    await sql`update engine.job set lost = ${lost}, run_at = now(), order_at = now()`;
    return { world, sql, eventId };
  }

  it('a call whose executor keeps dying fails instead of killing executors for ever', async () => {
    const { world, eventId } = await diedTimes(100);
    expect(await world.ended(eventId)).toMatchObject({
      status: 'failed',
      output: { message: expect.stringContaining('died 100 times') },
    });
  });

  it('deaths of executors are no failures of a function: after dozens in a row it ends as if there had been none', async () => {
    const { world, eventId } = await diedTimes(60);
    expect(await world.ended(eventId)).toMatchObject({ status: 'completed', output: 'both' });
  });

  it('a call that was lost often is tried again within seconds', async () => {
    const gate = held();
    const { world, target, sql } = await start(twoSteps(gate.released));
    const eventId = await world.send('two');
    const runId = await eventually('the first step', async () => {
      const [run] = await target.runs(eventId);
      return run && (await world.effects.of(run.id)).length === 1 && run.id;
    });
    await sql`update engine.job set generation = generation + 1, owner = 7, lost = 50 where run_id = ${runId}`;
    const [freed] = await eventually('the job to be freed', async () => {
      const rows = await sql<{ lost: number; waitS: number }[]>`
        select lost, extract(epoch from run_at - clock_timestamp())::float8 as "waitS" from engine.job
        where run_id = ${runId} and owner is null`;
      return rows.length > 0 && rows;
    });
    expect(freed?.lost).toBe(51);
    expect(freed?.waitS).toBeLessThanOrEqual(5);
    gate.release();
    expect((await world.ended(eventId)).output).toBe('both');
  });
});

describe('schedules', () => {
  it('start one run per tick however many executors there are, and one for all missed ticks', async () => {
    const build: Build = ({ inngest, effects }) => [
      inngest.createFunction(
        { id: 'tick', triggers: [{ cron: 'TZ=Europe/Berlin 0 9 * * *' }] },
        async ({ step, event }) => step.run('note', () => effects.note('ticks', String(event.data.cron))),
      ),
    ];
    const { sql, kit } = await start(build);
    await start(build);
    await sql`update engine.cron set next_at = now() - interval '3 days'`;
    await eventually('the tick', async () => (await kit.effects.of('ticks')).length > 0);
    await sql`update engine.cron set next_at = now()`;
    await eventually('the second tick', async () => (await kit.effects.of('ticks')).length > 1);
    expect(await kit.effects.of('ticks')).toEqual(Array(2).fill('TZ=Europe/Berlin 0 9 * * *'));
    const [cron] = await sql<{ future: boolean }[]>`select next_at > now() as future from engine.cron`;
    expect(cron?.future).toBe(true);
  });

  it('that cannot be read refuse the registration, with the function named', async () => {
    const bad = ({ inngest }: Kit) => [
      inngest.createFunction({ id: 'bad', triggers: [{ cron: 'often' }] }, async () => 1),
    ];
    await expect(startEmbedded(database.url, bad)).rejects.toThrow(/often/);
  });
});

describe('administration', () => {
  it('lists, counts, cancels and prunes', async () => {
    const gate = held();
    const build: Build = (kit) => [
      ...twoSteps(gate.released)(kit),
      kit.inngest.createFunction({ id: 'bad', retries: 0, triggers: [{ event: kit.on('bad') }] }, async () => {
        throw new Error('as asked');
      }),
    ];
    const { world, engine, sql } = await start(build);
    const failed = await world.ended(await world.send('bad'));
    const eventId = await world.send('two');
    const later = await world.send('two', {}, { ts: Date.now() + 3_600_000 });
    const [running] = await eventually('the run', async () => {
      const runs = await engine.admin.listRuns({ eventId });
      return runs[0]?.status === 'running' && runs;
    });
    await eventually('the later run', async () => (await engine.admin.listRuns({ eventId: later })).length === 1);
    expect(await engine.admin.queue()).toMatchObject({ due: 0, running: 1, scheduled: 1, unrouted: 0, oldestDueMs: 0 });
    expect(await engine.admin.failedRuns()).toMatchObject([
      { id: failed.id, eventName: 't/bad', output: { message: 'as asked' } },
    ]);
    expect(await engine.admin.cancelRun(running?.id ?? '')).toBe(true);
    expect(await engine.admin.cancelRun(running?.id ?? '')).toBe(false);
    gate.release();
    expect((await world.ended(eventId)).status).toBe('cancelled');
    await sql`update engine.run set ended_at = ended_at - interval '2 hours'`;
    await sql`update engine.event set received_at = received_at - interval '2 hours'`;
    expect(await engine.prune(3_600_000)).toEqual({ runs: 2, events: 3 });
    expect(await engine.admin.listRuns()).toMatchObject([{ eventId: later, status: 'queued' }]);
    expect(await engine.admin.listSteps(running?.id ?? '')).toEqual([]);
  });
});
