import { describe, expect, it } from 'vitest';
import { RUN_COMPLETE_ID } from './protocol';
import { type JobState, type Reply, type RunState, Transition } from './transition';
import type { Op } from './wire';

const now = new Date('2026-03-01T12:00:00.000Z');
const job: JobState = { id: '1', kind: 'discover', stepId: '', mode: null, attempt: 0, maxAttempts: 3 };

function runState(more: Partial<RunState> = {}): RunState {
  return {
    id: 'R',
    fnId: 'app-fn',
    status: 'running',
    events: [{ id: 'E', name: 'some/event', data: { id: 7 }, ts: 0 }],
    planOnly: false,
    pending: [],
    sdkRequestVersion: 2,
    defers: {},
    gateKeys: [],
    gateLimits: [],
    maxAttempts: 3,
    parentRun: null,
    parentStep: null,
    ...more,
  };
}

function apply(
  ops: Op[],
  more: { run?: Partial<RunState>; job?: JobState; reply?: Partial<Reply>; done?: string[] } = {},
) {
  const transition = new Transition(runState(more.run), now);
  const reply: Reply = { ops, mayRetry: true, retryAt: new Date(now.getTime() + 5000), ...more.reply };
  transition.apply(reply, 'job' in more ? more.job : job, new Set(more.done));
  return transition;
}

const stepRun = (id: string): Op => ({ op: 'StepRun', id, data: id });
const planned = (id: string): Op => ({ op: 'StepPlanned', id });

describe('a single step', () => {
  it('is recorded and the run goes on', () => {
    const { steps, jobs } = apply([stepRun('a')]);
    expect(steps).toMatchObject([{ id: 'a', result: { data: 'a' } }]);
    expect(jobs).toEqual([{ kind: 'discover', stepId: 'a', mode: null }]);
  });

  it('recorded by a checkpoint does not start a second call', () => {
    const { steps, jobs } = apply([stepRun('a')], { job: undefined });
    expect(steps).toHaveLength(1);
    expect(jobs).toEqual([]);
  });

  it('several results of one answer continue the run once', () => {
    expect(apply([stepRun('a'), stepRun('b')]).jobs).toHaveLength(1);
  });

  it('that failed with attempts left is retried and nothing is recorded', () => {
    const transition = apply([{ op: 'StepError', id: 'a', error: { message: 'no' } }]);
    expect(transition.retryAt).toEqual(new Date(now.getTime() + 5000));
    expect(transition.steps).toEqual([]);
  });

  it('that failed for good is recorded as an error the function may catch', () => {
    for (const more of [{ job: { ...job, attempt: 2 } }, { reply: { mayRetry: false } }]) {
      const transition = apply([{ op: 'StepError', id: 'a', error: { message: 'no' } }], more);
      expect(transition.retryAt).toBeUndefined();
      expect(transition.steps).toMatchObject([{ id: 'a', result: { error: { message: 'no' } } }]);
      expect(transition.finish).toBeUndefined();
    }
  });

  it('of an unknown kind becomes an error of that step', () => {
    expect(apply([{ op: 'Gateway', id: 'g' }]).steps).toMatchObject([
      { id: 'g', result: { error: { name: 'Error' } } },
    ]);
  });
});

describe('parallel steps', () => {
  it('are planned one call each, and discovery waits for all of them', () => {
    const { jobs, run } = apply([planned('a'), planned('b')]);
    expect(jobs.map((one) => [one.kind, one.stepId])).toEqual([
      ['step', 'a'],
      ['step', 'b'],
    ]);
    expect(run).toMatchObject({ planOnly: true, pending: ['a', 'b'] });
  });

  it('the last one to finish continues the run and ends planning', () => {
    const first = apply([stepRun('a')], { run: { planOnly: true, pending: ['a', 'b'] } });
    expect(first.jobs).toEqual([]);
    expect(first.run.pending).toEqual(['b']);
    const last = apply([stepRun('b')], { run: { planOnly: true, pending: ['b'] } });
    expect(last.jobs).toHaveLength(1);
    expect(last.run).toMatchObject({ planOnly: false, pending: [] });
  });

  it('repeated by a later answer are not planned again once recorded', () => {
    const { jobs, run } = apply([planned('a'), planned('b')], { done: ['a'] });
    expect(jobs.map((one) => one.stepId)).toEqual(['b']);
    expect(run.pending).toEqual(['b']);
  });

  it('in a race each continue the run', () => {
    const race = { ...stepRun('a'), opts: { parallelMode: 'race' } };
    expect(apply([race], { run: { planOnly: true, pending: ['a', 'b'] } }).jobs).toHaveLength(1);
  });
});

describe('waiting', () => {
  it('sleeps until the time, also when the duration travels in the name', () => {
    const { timers } = apply([{ op: 'Sleep', id: 'z', name: '90s' }]);
    expect(timers).toEqual([{ kind: 'sleep', stepId: 'z', mode: null, dueAt: new Date(now.getTime() + 90_000) }]);
  });

  it('for an event registers an indexable match and a time limit', () => {
    const opts = { timeout: '1h', if: 'event.data.id == async.data.id' };
    const { waits, timers } = apply([{ op: 'WaitForEvent', id: 'w', name: 'reply', opts }]);
    expect(waits).toMatchObject([{ kind: 'event', event: 'reply', match: { path: 'data.id' } }]);
    expect(timers).toMatchObject([{ kind: 'timeout', stepId: 'w' }]);
  });

  it('for an event with a rule that cannot be read is an error of that step', () => {
    const { waits, steps } = apply([{ op: 'WaitForEvent', id: 'w', name: 'reply', opts: { if: 'async.data ==' } }]);
    expect(waits).toEqual([]);
    expect(steps).toMatchObject([
      { id: 'w', result: { error: { message: expect.stringContaining('cannot be read') } } },
    ]);
  });

  it('for another function sends it one event with the parent noted', () => {
    const opts = { function_id: 'app-child', payload: { data: { v: 1 } } };
    const { events, waits } = apply([{ op: 'InvokeFunction', id: 'i', opts }]);
    expect(waits).toMatchObject([{ kind: 'invoke', stepId: 'i' }]);
    expect(events).toMatchObject([{ targetFn: 'app-child', parentRun: 'R', parentStep: 'i' }]);
    expect(events[0]?.payload).toMatchObject({ name: 'inngest/function.invoked', data: { v: 1 } });
  });
});

describe('the end', () => {
  it('completes and tells those who listen', () => {
    const { finish, events } = apply([{ op: 'RunComplete', id: RUN_COMPLETE_ID, data: 5 }]);
    expect(finish).toEqual({ status: 'completed', output: 5 });
    expect(events.map((one) => one.payload.name)).toEqual(['inngest/function.finished']);
  });

  it('by an error of the function beside other instructions fails the run', () => {
    const { finish, events } = apply([{ op: 'StepFailed', id: RUN_COMPLETE_ID, error: { message: 'x' } }]);
    expect(finish).toEqual({ status: 'failed', output: { message: 'x' } });
    expect(events.map((one) => one.payload.name)).toEqual(['inngest/function.finished', 'inngest/function.failed']);
  });

  it('of a run that was itself started by the end of another is not announced', () => {
    const events = [{ id: 'E', name: 'inngest/function.failed', data: {}, ts: 0 }];
    expect(apply([{ op: 'RunComplete', id: 'x' }], { run: { events } }).events).toEqual([]);
  });

  it('applies nothing after it', () => {
    const { jobs } = apply([stepRun('a'), { op: 'RunComplete', id: RUN_COMPLETE_ID }], { job: undefined });
    expect(jobs).toEqual([]);
  });
});
