import { describe, expect, it } from 'vitest';
import { rateAnnotations } from './rate-annotations';

const actor = { type: 'user', id: 'u', name: 'Ada' };
const minute = (n: number) => new Date(Date.UTC(2026, 4, 1, 10, n)).toISOString();
const entry = (id: string, n: number, action: string, data = {}) => ({ id, at: minute(n), actor, action, data });
const window = { fromMs: Date.parse(minute(0)), toMs: Date.parse(minute(60)) };

describe('the marks on the plot of the rate', () => {
  it('show a pause from its beginning to its end, and one that is not over without an end', () => {
    const entries = [entry('3', 30, 'run.paused'), entry('2', 20, 'run.resumed'), entry('1', 10, 'run.paused')];
    const marks = rateAnnotations({ entries, restarts: [] }, window);
    expect(marks.map(({ fromMs, toMs }) => [fromMs, toMs])).toEqual([
      [Date.parse(minute(10)), Date.parse(minute(20))],
      [Date.parse(minute(30)), undefined],
    ]);
  });
  it('put restarts close to each other into one mark', () => {
    const marks = rateAnnotations({ entries: [], restarts: [minute(5), minute(6), minute(7), minute(40)] }, window);
    expect(marks.map(({ label }) => label)).toEqual(['3 restarts', 'worker restarted']);
  });
  it('leave out what happened before the first or after the last point', () => {
    const entries = [entry('1', 70, 'run.rate_changed', { maxPerSecond: 5 })];
    expect(rateAnnotations({ entries, restarts: [] }, window)).toEqual([]);
  });
});
