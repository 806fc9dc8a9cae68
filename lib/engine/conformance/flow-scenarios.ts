import { setTimeout as delay } from 'node:timers/promises';
import { expect } from 'vitest';
import { eventually, peakOf, type Scenario } from './kit';

export const flowScenarios: Scenario[] = [
  {
    promise: 'concurrency is never exceeded, by key and over the whole function',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'limited',
          concurrency: [{ limit: 3 }, { limit: 2, key: 'event.data.tenant' }],
          triggers: [{ event: on('limited') }],
        },
        async ({ step, event }) => {
          const scopes = [event.data.all, `${event.data.all}-${event.data.tenant}`];
          await step.run('work', async () => {
            for (const scope of scopes) await effects.note(scope, '+');
            await delay(40);
            for (const scope of scopes) await effects.note(scope, '-');
          });
        },
      ),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const all = `limited-${target.name}-${Date.now()}`;
      const sent = await Promise.all(
        Array.from({ length: 15 }, (_, i) => send('limited', { all, tenant: 'abc'.charAt(i % 3) })),
      );
      for (const id of sent) expect((await ended(id)).status).toBe('completed');
      expect(peakOf(await effects.of(all))).toBeLessThanOrEqual(3);
      for (const tenant of ['a', 'b', 'c']) {
        const traces = await effects.of(`${all}-${tenant}`);
        expect(traces).toHaveLength(10);
        expect(peakOf(traces)).toBeLessThanOrEqual(2);
      }
    },
  },
  {
    promise: 'throttle queues: every run starts, not faster than the rate',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'throttled',
          throttle: { limit: 4, period: '1s', key: 'event.data.scope' },
          triggers: [{ event: on('throttled') }],
        },
        async ({ step, event }) => step.run('note', () => effects.note(event.data.scope, 'ran')),
      ),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const scope = `throttled-${target.name}-${Date.now()}`;
      const sentAt = Date.now();
      const sent = await Promise.all(Array.from({ length: 9 }, () => send('throttled', { scope })));
      for (const id of sent) await ended(id);
      const times = await effects.timesOf(scope);
      expect(times).toHaveLength(9);
      // A real server lets about twice the asked rate through.
      expect((times.at(-1) ?? 0) - sentAt).toBeGreaterThanOrEqual(target.name === 'embedded' ? 1950 : 900);
    },
  },
  {
    promise: 'debounce runs once, with the last event',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'debounced',
          debounce: { period: '2s', key: 'event.data.scope' },
          triggers: [{ event: on('debounced') }],
        },
        async ({ step, event }) => step.run('note', () => effects.note(event.data.scope, `n${event.data.n}`)),
      ),
    ],
    verify: async ({ send, effects, target }) => {
      const scope = `debounced-${target.name}-${Date.now()}`;
      // events of one request have no order among each other
      for (let n = 0; n < 5; n++) await send('debounced', { scope, n });
      await eventually('the first run', async () => (await effects.of(scope)).length > 0);
      await send('debounced', { scope, n: 9 });
      await eventually('the second run', async () => (await effects.of(scope)).length > 1);
      expect(await effects.of(scope)).toEqual(['n4', 'n9']);
    },
  },
  {
    promise: 'a batch holds at most its size and starts when full or after its time',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'batched',
          batchEvents: { maxSize: 3, timeout: '1s', key: 'event.data.scope' },
          triggers: [{ event: on('batched') }],
        },
        async ({ step, events }) =>
          step.run('note', async () => {
            for (const event of events) await effects.note(event.data.scope, `of ${events.length}: ${event.data.n}`);
          }),
      ),
    ],
    verify: async ({ inngest, on, effects, target }) => {
      const scope = `batched-${target.name}-${Date.now()}`;
      await inngest.send(Array.from({ length: 5 }, (_, n) => ({ name: on('batched'), data: { scope, n } })));
      const traces = await eventually('all five', async () => {
        const found = await effects.of(scope);
        return found.length >= 5 && found;
      });
      expect(traces.filter((trace) => trace.startsWith('of 3'))).toHaveLength(3);
      expect(traces.filter((trace) => trace.startsWith('of 2'))).toHaveLength(2);
      expect(new Set(traces.map((trace) => trace.at(-1))).size).toBe(5);
    },
  },
  {
    promise: 'singleton skips while a run is under way',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'single',
          singleton: { key: 'event.data.scope', mode: 'skip' },
          triggers: [{ event: on('single') }],
        },
        async ({ step, event }) => {
          await step.run('start', () => effects.note(event.data.scope, `start ${event.data.n}`));
          await step.waitForEvent('go', { event: on('single go'), match: 'data.scope', timeout: '1h' });
          await step.run('end', () => effects.note(event.data.scope, `end ${event.data.n}`));
        },
      ),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const scope = `single-${target.name}-${Date.now()}`;
      const first = await send('single', { scope, n: 1 });
      await eventually('the first to start', async () => (await effects.of(scope)).length === 1);
      for (let n = 2; n < 5; n++) await send('single', { scope, n });
      await eventually('the first to end', async () => {
        await send('single go', { scope });
        return (await effects.of(scope)).length === 2;
      });
      await ended(first);
      expect(await effects.of(scope)).toEqual(['start 1', 'end 1']);
      await send('single', { scope, n: 5 });
      await eventually('a new one after it', async () => (await effects.of(scope)).at(-1) === 'start 5');
    },
  },
  {
    promise: 'rateLimit drops what is over the limit',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'rate-limited',
          rateLimit: { limit: 1, period: '1h', key: 'event.data.scope' },
          triggers: [{ event: on('rate limited') }],
        },
        async ({ step, event }) => step.run('note', () => effects.note(event.data.scope, `n${event.data.n}`)),
      ),
      inngest.createFunction({ id: 'rate-fence', triggers: [{ event: on('rate fence') }] }, async () => 'passed'),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const scope = `rate-${target.name}-${Date.now()}`;
      await ended(await send('rate limited', { scope, n: 0 }));
      const dropped = [];
      for (let n = 1; n < 4; n++) dropped.push(await send('rate limited', { scope, n }));
      await ended(await send('rate fence'));
      expect(await effects.of(scope)).toEqual(['n0']);
      for (const id of dropped) expect(await target.runs(id)).toEqual([]);
    },
  },
  {
    promise: 'timeouts.finish cancels a run that takes too long',
    functions: ({ inngest, on }) => [
      inngest.createFunction(
        { id: 'overlong', timeouts: { finish: '1s' }, triggers: [{ event: on('overlong') }] },
        async ({ step }) => step.sleep('long', '1h'),
      ),
    ],
    verify: async ({ send, ended }) => {
      expect((await ended(await send('overlong'))).status).toBe('cancelled');
    },
  },
];
