import { setTimeout as delay } from 'node:timers/promises';
import { type FailureEventArgs, type GetStepTools, type Inngest, NonRetriableError, RetryAfterError } from 'inngest';
import { expect } from 'vitest';
import { eventually, type Scenario } from './kit';

export const stepScenarios: Scenario[] = [
  {
    promise: 'steps run once each, in order, and the return value is the output',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction({ id: 'sequence', triggers: [{ event: on('sequence') }] }, async ({ step, runId }) => {
        const results: number[] = [];
        for (let i = 0; i < 5; i++) {
          results.push(
            await step.run('same name', async () => {
              await effects.note(runId, `s${i}`);
              return i * 2;
            }),
          );
        }
        return results;
      }),
    ],
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('sequence'));
      expect(run.output).toEqual([0, 2, 4, 6, 8]);
      expect(await effects.of(run.id)).toEqual(['s0', 's1', 's2', 's3', 's4']);
    },
  },
  {
    promise: 'a step result keeps every kind of JSON text',
    functions: ({ inngest, on }) => [
      inngest.createFunction({ id: 'texts', triggers: [{ event: on('texts') }] }, async ({ step, event }) => {
        const kept = await step.run('keep', () => event.data.value);
        await step.sleep('pause', '1s');
        return kept;
      }),
    ],
    verify: async ({ send, ended }) => {
      const value = {
        text: 'ä – 漢 \u{1f4e8} "quoted" \\ \n',
        numbers: [0.1, -1e-7, 1e21],
        nothing: null,
        Z: 1,
        a: [{}],
      };
      expect((await ended(await send('texts', { value }))).output).toEqual(value);
    },
  },
  {
    promise: 'a failing step is retried alone and its attempts do not use up those of others',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        { id: 'flaky', retries: 2, triggers: [{ event: on('flaky') }] },
        async ({ step, runId }) => {
          for (const name of ['one', 'two']) {
            await step.run(`before ${name}`, () => effects.note(runId, `before ${name}`));
            await step.run(name, async () => {
              const times = await effects.note(runId, name);
              if (times < 3) throw new Error(`failure ${times}`);
            });
          }
          return 'done';
        },
      ),
    ],
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('flaky'));
      expect(run).toMatchObject({ status: 'completed', output: 'done' });
      expect(await effects.of(run.id)).toEqual(['before one', 'one', 'one', 'one', 'before two', 'two', 'two', 'two']);
    },
  },
  {
    promise: 'an error of the function itself is retried without repeating recorded steps',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction({ id: 'throws', retries: 1, triggers: [{ event: on('throws') }] }, async (context) => {
        await context.step.run('once', () => effects.note(context.runId, 'once'));
        if ((await effects.note(context.runId, 'body')) === 1) throw new Error('between steps');
        return 'recovered';
      }),
    ],
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('throws'));
      expect(run).toMatchObject({ status: 'completed', output: 'recovered' });
      expect((await effects.of(run.id)).filter((trace) => trace === 'once')).toHaveLength(1);
    },
  },
  {
    promise: 'after the last attempt the run fails and onFailure gets the error and the original event',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        {
          id: 'fails',
          retries: 1,
          triggers: [{ event: on('fails') }],
          onFailure: async ({ event, error, step }: FailureEventArgs & { step: GetStepTools<Inngest> }) => {
            const { run_id, event: original } = event.data;
            await step.run('note', () => effects.note(run_id, `onFailure ${error.message} ${original.data.tag}`));
          },
        },
        async ({ step, runId }) => {
          await step.run('bad', async () => {
            await effects.note(runId, 'bad');
            throw new Error('always');
          });
        },
      ),
    ],
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('fails', { tag: 'T' }));
      expect(run).toMatchObject({ status: 'failed', output: { message: 'always' } });
      const traces = await eventually('onFailure', async () => {
        const found = await effects.of(run.id);
        return found.length === 3 && found;
      });
      expect(traces).toEqual(['bad', 'bad', 'onFailure always T']);
    },
  },
  {
    promise: 'NonRetriableError ends a step at once and can be caught',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction(
        { id: 'caught', retries: 3, triggers: [{ event: on('caught') }] },
        async ({ step, runId }) => {
          try {
            await step.run('refuse', async () => {
              await effects.note(runId, 'refuse');
              throw new NonRetriableError('no');
            });
          } catch (error) {
            return await step.run('rescue', () => `rescued ${error instanceof Error ? error.message : ''}`);
          }
          return 'not reached';
        },
      ),
    ],
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('caught'));
      expect(run.output).toBe('rescued no');
      expect(await effects.of(run.id)).toEqual(['refuse']);
    },
  },
  {
    promise: 'RetryAfterError decides when the next attempt comes',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction({ id: 'later', retries: 1, triggers: [{ event: on('later') }] }, async ({ step, runId }) =>
        step.run('later', async () => {
          const times = await effects.note(runId, 'later');
          if (times === 1) throw new RetryAfterError('not now', 3000);
          return times;
        }),
      ),
    ],
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('later'));
      expect(run.output).toBe(2);
      const [first = 0, second = 0] = await effects.timesOf(run.id);
      expect(second - first).toBeGreaterThanOrEqual(1900);
    },
  },
  {
    promise: 'sleep and sleepUntil wake no earlier than asked',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction({ id: 'sleeps', triggers: [{ event: on('sleeps') }] }, async ({ step, runId, event }) => {
        await step.run('before', () => effects.note(runId, 'before'));
        await step.sleep('a while', '1s');
        await step.run('between', () => effects.note(runId, 'between'));
        await step.sleepUntil('a moment', new Date(event.data.until));
        await step.run('after', () => effects.note(runId, 'after'));
        return 'awake';
      }),
    ],
    verify: async ({ send, ended, effects, target }) => {
      const until = Date.now() + 2500;
      const run = await ended(await send('sleeps', { until }));
      expect(run.output).toBe('awake');
      const [before = 0, between = 0, after = 0] = await effects.timesOf(run.id);
      expect(between - before).toBeGreaterThanOrEqual(1000 - target.earlyMs);
      expect(after).toBeGreaterThanOrEqual(until - target.earlyMs);
    },
  },
  {
    promise: 'parallel steps all run, chains go on by themselves, and later steps see every result',
    functions: ({ inngest, on, effects }) => [
      inngest.createFunction({ id: 'parallel', triggers: [{ event: on('parallel') }] }, async ({ step, runId }) => {
        const work = (name: string) =>
          step.run(name, async () => {
            await effects.note(runId, name);
            await delay(20);
            return name;
          });
        const names = await Promise.all(['a', 'b', 'c', 'd'].map(work));
        const [left, right] = await Promise.all([
          work('left 1').then(() => work('left 2')),
          step.sleep('pause', '1s').then(() => work('right')),
        ]);
        return { names, left, right, last: await work('last') };
      }),
    ],
    verify: async ({ send, ended, effects }) => {
      const run = await ended(await send('parallel'));
      expect(run.output).toEqual({ names: ['a', 'b', 'c', 'd'], left: 'left 2', right: 'right', last: 'last' });
      const traces = await effects.of(run.id);
      expect([...traces].sort()).toEqual(['a', 'b', 'c', 'd', 'last', 'left 1', 'left 2', 'right']);
      expect(traces.indexOf('left 1')).toBeLessThan(traces.indexOf('left 2'));
      expect(traces.at(-1)).toBe('last');
    },
  },
  {
    promise: 'a failing branch does not hold up its siblings',
    functions: ({ inngest, on }) => [
      inngest.createFunction(
        { id: 'branches', retries: 0, triggers: [{ event: on('branches') }] },
        async ({ step }) => {
          const settled = await Promise.allSettled([
            step.run('good', () => 1),
            step.run('bad', () => Promise.reject(new NonRetriableError('bad branch'))),
            step.run('also good', () => 3),
          ]);
          return settled.map((one) => (one.status === 'fulfilled' ? one.value : one.reason.message));
        },
      ),
    ],
    verify: async ({ send, ended }) => {
      expect((await ended(await send('branches'))).output).toEqual([1, 'bad branch', 3]);
    },
  },
];
