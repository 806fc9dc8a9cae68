import { afterEach, expect, it, vi } from 'vitest';
import { later } from './later';

afterEach(() => {
  vi.useRealTimers();
});

it('loads once, however often it is wished for', async () => {
  let loaded = 0;
  const load = later(async () => ++loaded);
  expect(await Promise.all([load(), load()])).toEqual([1, 1]);
  expect(await load()).toBe(1);
});

it('waits for a connection instead of failing', async () => {
  vi.useFakeTimers();
  let asked = 0;
  const load = later(async () => {
    asked++;
    if (asked < 3) throw new Error('no connection');
    return 'here';
  });
  const coming = load();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(await coming).toBe('here');
  expect(asked).toBe(3);
});
