import { NonRetriableError } from 'inngest';
import { expect } from 'vitest';
import { eventually, type Scenario } from './kit';

export const eventScenarios: Scenario[] = [
  {
    promise: 'invoke returns the result or throws the error of the other function; sendEvent returns ids',
    functions: ({ inngest, on, effects }) => {
      const child = inngest.createFunction(
        { id: 'child', retries: 0, triggers: [{ event: on('child') }] },
        async ({ step, event }) => {
          if (event.data.fail) throw new NonRetriableError('child failed');
          if (event.data.scope) await step.run('note', () => effects.note(event.data.scope, 'child'));
          return { doubled: Number(event.data.v) * 2 };
        },
      );
      const parent = inngest.createFunction(
        { id: 'parent', retries: 0, triggers: [{ event: on('parent') }] },
        async ({ step, runId }) => {
          const one = await step.invoke('one', { function: child, data: { v: 21 } });
          const [two, three] = await Promise.all([
            step.invoke('two', { function: child, data: { v: 1 } }),
            step.invoke('three', { function: child, data: { v: 2 } }),
          ]);
          const failure = await step.invoke('bad', { function: child, data: { fail: true } }).catch((e) => e.message);
          const events = [1, 2, 3].map((v) => ({ name: on('child'), data: { v, scope: `children of ${runId}` } }));
          const { ids } = await step.sendEvent('send', events);
          return { one, two, three, failure, sent: new Set(ids).size };
        },
      );
      return [child, parent];
    },
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('parent'));
      const doubled = (n: number) => ({ doubled: n });
      expect(run.output).toEqual({
        one: doubled(42),
        two: doubled(2),
        three: doubled(4),
        failure: 'child failed',
        sent: 3,
      });
      await eventually('three children', async () => (await effects.of(`children of ${run.id}`)).length === 3);
    },
  },
  {
    promise: 'waitForEvent resumes with the matching event, ignores others, and gives null after its time',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction({ id: 'waits', triggers: [{ event: on('waits') }] }, async ({ step, event }) => {
        const at = (name: string) => step.run(name, () => effects.note(event.data.id, name));
        await at('started');
        const match = await step.waitForEvent('by field', { event: on('reply'), timeout: '1h', match: 'data.id' });
        await at('matched');
        const rule = 'async.data.n > 3 && async.data.id == event.data.id';
        const byRule = await step.waitForEvent('by rule', { event: on('reply 2'), timeout: '1h', if: rule });
        const none = await step.waitForEvent('never', { event: on('never'), timeout: '1s' });
        return { text: match?.data.text, n: byRule?.data.n, none };
      }),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const id = `wait-${target.name}-${Date.now()}`;
      const eventId = await send('waits', { id });
      let over = false;
      const pump = eventually('the run to take its replies', async () => {
        await send('reply', { id: 'other', text: 'wrong' });
        await send('reply', { id, text: 'hello' });
        await send('reply 2', { id, n: 1 });
        await send('reply 2', { id: 'other', n: 9 });
        await send('reply 2', { id, n: 9 });
        return over;
      });
      const run = await ended(eventId);
      over = true;
      await pump;
      expect(run.output).toEqual({ text: 'hello', n: 9, none: null });
      expect(await effects.of(id)).toEqual(['started', 'matched']);
    },
  },
  {
    promise: 'cancelOn ends the matching run and no other, and nothing of it runs afterwards',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'cancelled',
          cancelOn: [{ event: on('stop'), match: 'data.id' }],
          triggers: [{ event: on('cancel me') }],
        },
        async ({ step, runId, event }) => {
          await step.run('first', () => effects.note(runId, 'first'));
          await step.sleep('long', event.data.sleep);
          await step.run('second', () => effects.note(runId, 'second'));
          return 'went on';
        },
      ),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const victim = await send('cancel me', { id: `v-${target.name}`, sleep: '1h' });
      const other = await send('cancel me', { id: `o-${target.name}`, sleep: '3s' });
      await eventually('the victim to sleep', async () => {
        const [run] = await target.runs(victim);
        return run && (await effects.of(run.id)).length === 1;
      });
      const cancelled = await eventually('the cancellation', async () => {
        await send('stop', { id: `v-${target.name}` });
        return (await target.runs(victim)).find((run) => run.status === 'cancelled');
      });
      expect((await ended(other)).output).toBe('went on');
      expect(await effects.of(cancelled.id)).toEqual(['first']);
    },
  },
  {
    promise: 'a cancellation sent right after the event that starts the run is not lost',
    functions: ({ inngest, on }) => [
      inngest.createFunction(
        { id: 'regretted', cancelOn: [{ event: on('regret'), match: 'data.id' }], triggers: [{ event: on('hasty') }] },
        async ({ step }) => step.sleep('long', '1h'),
      ),
    ],
    verify: async ({ inngest, on, ended, target }) => {
      const data = { id: `hasty-${target.name}-${Date.now()}` };
      const { ids } = await inngest.send([{ name: on('hasty'), data }]);
      await inngest.send({ name: on('regret'), data });
      if (target.name === 'embedded') expect((await ended(ids[0] ?? '')).status).toBe('cancelled');
    },
  },
  {
    promise: 'an event id and an idempotency key each start one run',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        { id: 'keyed-once', idempotency: 'event.data.key', triggers: [{ event: on('once') }] },
        async ({ step, event }) => step.run('note', () => effects.note(event.data.scope, event.data.key)),
      ),
      inngest.createFunction({ id: 'by-event-id', triggers: [{ event: on('same id') }] }, async ({ step, event }) =>
        step.run('note', () => effects.note(event.data.scope, 'by id')),
      ),
      inngest.createFunction({ id: 'fence', triggers: [{ event: on('fence') }] }, async ({ step, event }) =>
        step.run('note', () => effects.note(event.data.scope, 'fence')),
      ),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const scope = `once-${target.name}-${Date.now()}`;
      for (const key of ['A', 'A', 'B']) await send('once', { scope, key: `${scope}-${key}` });
      for (let i = 0; i < 2; i++) await send('same id', { scope }, { id: `${scope}-id` });
      await eventually('both keys and the id', async () => (await effects.of(scope)).length >= 3);
      await ended(await send('fence', { scope }));
      const expected = [`${scope}-A`, `${scope}-B`, 'by id', 'fence'];
      expect((await effects.of(scope)).sort()).toEqual(expected.sort());
    },
  },
  {
    promise: 'an event dated in the future starts its run at that time',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction({ id: 'dated', triggers: [{ event: on('dated') }] }, async ({ step, runId }) =>
        step.run('note', () => effects.note(runId, 'ran')),
      ),
    ],
    verify: async ({ send, ended, effects }) => {
      const ts = Date.now() + 2000;
      const run = await ended(await send('dated', {}, { ts }));
      const [ranAt = 0] = await effects.timesOf(run.id);
      expect(ranAt).toBeGreaterThanOrEqual(ts - 50);
    },
  },
  {
    promise: 'a trigger expression and a wildcard choose the events that start a run',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        { id: 'chosen', triggers: [{ event: on('choose'), if: "event.data.kind == 'yes' && event.data.n > 1" }] },
        async ({ step, event }) => step.run('note', () => effects.note(event.data.scope, `chosen ${event.data.n}`)),
      ),
      inngest.createFunction({ id: 'wild', triggers: [{ event: on('wild/*') }] }, async ({ step, event }) =>
        step.run('note', () => effects.note(event.data.scope, event.name.split('/').at(-1) ?? '')),
      ),
    ],
    verify: async ({ send, effects, target }) => {
      const scope = `chosen-${target.name}-${Date.now()}`;
      await send('choose', { scope, kind: 'no', n: 5 });
      await send('choose', { scope, kind: 'yes', n: 1 });
      await send('choose', { scope, n: 7 });
      await send('choose', { scope, kind: 'yes', n: 2 });
      await send('wild/card', { scope });
      const traces = await eventually('both runs', async () => {
        const found = await effects.of(scope);
        return found.length >= 2 && found;
      });
      expect(traces.sort()).toEqual(['card', 'chosen 2']);
    },
  },
];
