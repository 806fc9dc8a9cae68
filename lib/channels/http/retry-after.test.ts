import { describe, expect, it } from 'vitest';
import { parseRetryAfter } from './retry-after';

const now = Date.parse('2026-03-01T10:00:00Z');

describe('Retry-After', () => {
  it('is read in seconds', () => {
    expect(parseRetryAfter(new Headers({ 'retry-after': '120' }), now)).toBe(120_000);
  });

  it('is read as a date by the server’s own clock, however wrong that is', () => {
    const headers = new Headers({
      date: 'Sun, 01 Mar 2026 13:00:00 GMT',
      'retry-after': 'Sun, 01 Mar 2026 13:00:30 GMT',
    });
    expect(parseRetryAfter(headers, now)).toBe(30_000);
  });

  it('is read as a date by ours when the server tells no time; the past means now', () => {
    expect(parseRetryAfter(new Headers({ 'retry-after': 'Sun, 01 Mar 2026 10:00:05 GMT' }), now)).toBe(5000);
    expect(parseRetryAfter(new Headers({ 'retry-after': 'Sun, 01 Mar 2026 09:00:00 GMT' }), now)).toBe(0);
  });

  it('is ignored when it is missing or nonsense', () => {
    expect(parseRetryAfter(new Headers(), now)).toBeUndefined();
    expect(parseRetryAfter(new Headers({ 'retry-after': 'soon' }), now)).toBeUndefined();
  });
});
