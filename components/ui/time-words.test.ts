import { expect, it } from 'vitest';
import { formatShare } from './number';
import { duration, exactTime, relativeTime, zoneName } from './time-words';

const NOON = Date.UTC(2026, 10, 21, 12, 0, 0);

it('says how long ago in the largest whole unit', () => {
  expect(relativeTime(NOON - 20_000, NOON)).toBe('just now');
  expect(relativeTime(NOON + 20_000, NOON)).toBe('now');
  expect(relativeTime(NOON - 90_000, NOON)).toBe('1 minute ago');
  expect(relativeTime(NOON - 23 * 3_600_000, NOON)).toBe('23 hours ago');
  expect(relativeTime(NOON + 2 * 86_400_000, NOON)).toBe('in 2 days');
});

it('says the exact time in the zone asked for', () => {
  expect(exactTime(NOON, 'Asia/Tokyo')).toBe('21 Nov 2026, 21:00');
  expect(exactTime(NOON, 'UTC', 'en', true)).toBe('21 Nov 2026, 12:00:00 UTC');
  expect(zoneName(NOON, 'UTC')).toBe('UTC');
  expect(zoneName(NOON, 'Asia/Singapore')).toBe('GMT+8');
});

it('says durations in two units at most', () => {
  expect(duration(45_000)).toBe('45 s');
  expect(duration(200_000)).toBe('3 min 20 s');
  expect(duration(3_840_000)).toBe('1 h 04 min');
  expect(duration(200_000_000)).toBe('2 d 7 h');
});

it('never rounds a share to all or nothing', () => {
  expect(formatShare(1, 2_000_000)).toBe('< 0.1%');
  expect(formatShare(1_999_999, 2_000_000)).toBe('> 99.9%');
  expect(formatShare(0, 10)).toBe('0%');
  expect(formatShare(10, 10)).toBe('100%');
  expect(formatShare(0, 0)).toBe('–');
});
