import { describe, expect, it } from 'vitest';
import { NOT_STARTED } from '@/lib/channels/rejected';
import { emailMessage } from '@/lib/channels/testing/email-message';
import { createJob } from './envelope';
import { JobQueue } from './job-queue';

const job = (n: number) => createJob(emailMessage(n), () => undefined);

describe('the queue of a pool', () => {
  it('keeps the order, puts returned jobs first, and passes over settled ones', () => {
    const queue = new JobQueue();
    const jobs = [1, 2, 3, 4].map(job);
    for (const one of jobs) queue.push(one);
    expect(queue.shift()).toBe(jobs[0]);
    queue.putFirst([job(9)]);
    expect(queue.shift()?.message.deliveryId).toBe('9');
    jobs[1]?.settle(NOT_STARTED);
    expect(queue.shift()).toBe(jobs[2]);
    expect(queue.length).toBe(1);
    expect(queue.drain()).toEqual([jobs[3]]);
    expect(queue.shift()).toBeNull();
  });

  it('forgets what has passed through it although it never runs dry', async () => {
    const queue = new JobQueue();
    const passed: WeakRef<object>[] = [];
    queue.push(job(0));
    for (let n = 1; n <= 1000; n++) {
      queue.push(job(n));
      const out = queue.shift();
      if (out) passed.push(new WeakRef(out));
    }
    const { setFlagsFromString } = await import('node:v8');
    const { runInNewContext } = await import('node:vm');
    setFlagsFromString('--expose-gc');
    const collect: () => void = runInNewContext('gc');
    await new Promise((resolve) => setImmediate(resolve));
    collect();
    expect(passed.filter((ref) => ref.deref() !== undefined).length).toBeLessThan(100);
  });
});
