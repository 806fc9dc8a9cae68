import { expect, it } from 'vitest';
import { niceScale, timeTicks } from './scale';

it('tops a plot with a round number not below the largest value', () => {
  expect(niceScale(217).top).toBe(300);
  expect(niceScale(1912).ticks).toEqual([0, 500, 1000, 1500, 2000]);
  expect(niceScale(0).ticks).toEqual([0, 1]);
  for (const max of [1, 2, 3, 7, 99, 101, 12_345, 999_999]) expect(niceScale(max).top).toBeGreaterThanOrEqual(max);
});

it('counts small numbers in whole ones', () => {
  expect(niceScale(3).ticks).toEqual([0, 1, 2, 3]);
});

it('puts time ticks on round moments', () => {
  const from = Date.UTC(2026, 10, 21, 10, 3);
  const { at, stepMs } = timeTicks(from, from + 25 * 60_000);
  expect(stepMs).toBe(5 * 60_000);
  expect(at[0]).toBe(Date.UTC(2026, 10, 21, 10, 5));
  expect(at).toHaveLength(5);
});
