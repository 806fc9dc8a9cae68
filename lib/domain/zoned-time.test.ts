import { describe, expect, it } from 'vitest';
import { fromWallClock, hourAt, toWallClock } from './zoned-time';

describe('times by the clock of the workspace', () => {
  it('go to a moment and come back', () => {
    expect(fromWallClock('2026-11-21T09:00', 'Asia/Singapore')).toBe('2026-11-21T01:00:00.000Z');
    expect(toWallClock('2026-11-21T01:00:00Z', 'Asia/Singapore')).toBe('2026-11-21T09:00');
    expect(fromWallClock('2026-07-01T00:30', 'America/New_York')).toBe('2026-07-01T04:30:00.000Z');
    expect(hourAt(Date.parse('2026-11-21T16:00:00Z'), 'Asia/Singapore')).toBe(0);
  });

  it('take the earlier of two equal times in autumn, and skip ahead in spring', () => {
    expect(fromWallClock('2026-10-25T02:30', 'Europe/Berlin')).toBe('2026-10-25T00:30:00.000Z');
    expect(fromWallClock('2026-03-29T02:30', 'Europe/Berlin')).toBe('2026-03-29T01:30:00.000Z');
  });

  it('refuse what is not a time', () => {
    expect(fromWallClock('tomorrow', 'UTC')).toBeNull();
    expect(fromWallClock('2026-13-40T99:99', 'UTC')).toBeNull();
    expect(toWallClock('tomorrow', 'UTC')).toBe('');
  });
});
