import { setTimeout as delay } from 'node:timers/promises';
import type { InngestFunction } from 'inngest';
import type { Kit } from './kit';

const STEP_MS = 25;

/** Functions whose every step leaves a trace named like the step, to be compared with what the engine recorded. */
export function crashFunctions({ inngest, on, effects }: Kit): InngestFunction.Any[] {
  const traced = (runId: string, name: string) => async () => {
    await effects.note(runId, name);
    await delay(STEP_MS);
    return name;
  };
  const child = inngest.createFunction(
    { id: 'child', retries: 8, triggers: [{ event: on('child') }] },
    async ({ step, runId, event }) => {
      await step.run('doubled', traced(runId, 'doubled'));
      return Number(event.data.v) * 2;
    },
  );
  return [
    child,
    inngest.createFunction(
      { id: 'sequence', retries: 8, triggers: [{ event: on('sequence') }] },
      async ({ step, runId }) => {
        const names: string[] = [];
        for (let i = 0; i < 6; i++) names.push(await step.run(`s${i}`, traced(runId, `s${i}`)));
        return names.join(' ');
      },
    ),
    inngest.createFunction(
      { id: 'parallel', retries: 8, triggers: [{ event: on('parallel') }] },
      async ({ step, runId }) => {
        const names = await Promise.all(['a', 'b', 'c'].map((name) => step.run(name, traced(runId, name))));
        await step.sleep('nap', '1s');
        return [...names, await step.run('last', traced(runId, 'last'))].join(' ');
      },
    ),
    inngest.createFunction(
      { id: 'parent', retries: 8, triggers: [{ event: on('parent') }] },
      async ({ step, runId }) => {
        const before = await step.run('before', traced(runId, 'before'));
        const doubled = await step.invoke('invoke', { function: child, data: { v: 21 } });
        return [before, doubled, await step.run('after', traced(runId, 'after'))].join(' ');
      },
    ),
    inngest.createFunction(
      { id: 'long', retries: 8, triggers: [{ event: on('long') }] },
      async ({ step, runId, event }) => {
        await step.run('long step', async () => {
          if ((await effects.note(runId, 'long step')) === 1) await delay(event.data.ms);
        });
        return step.run('next', traced(runId, 'next'));
      },
    ),
  ];
}

export const CRASH_OUTPUTS: Record<string, unknown> = {
  sequence: 's0 s1 s2 s3 s4 s5',
  parallel: 'a b c last',
  parent: 'before 42 after',
};
