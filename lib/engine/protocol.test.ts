import { createHash, createHmac } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import {
  bearer,
  canonicalJson,
  durationMs,
  inngestBackoffMs,
  momentOf,
  RUN_COMPLETE_ID,
  retryAfter,
  signature,
  stepHash,
  ulid,
} from './protocol';

const now = new Date('2026-03-01T12:00:00.000Z');
const later = (ms: number) => new Date(now.getTime() + ms);

describe('canonical JSON', () => {
  it('sorts members by UTF-16 code units, as RFC 8785 asks', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(canonicalJson(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"\u00f6":7,"\u20ac":1,"\ud83d\ude00":5,"\ufb33":3}');
  });

  it('writes numbers and nested values as ECMAScript does, and leaves out undefined', () => {
    expect(canonicalJson({ b: [1e21, 0.1, -0, null, undefined], a: { d: undefined, c: true } })).toBe(
      '{"a":{"c":true},"b":[1e+21,0.1,0,null,null]}',
    );
  });

  it('is stable: parsing and writing again changes nothing', () => {
    const text = canonicalJson({ z: 'line\nbreak', a: [{ y: 1, x: '\u2028' }] });
    expect(canonicalJson(JSON.parse(text))).toBe(text);
  });
});

describe('signing', () => {
  it('signs body and seconds with the key without its prefix', () => {
    const expected = createHmac('sha256', 'abcd').update('{"a":1}').update('1700000000').digest('hex');
    expect(signature('{"a":1}', 'signkey-test-abcd', 1_700_000_000_000)).toBe(`t=1700000000&s=${expected}`);
    expect(signature('{"a":1}', 'abcd', 1_700_000_000_400)).toBe(`t=1700000000&s=${expected}`);
  });

  it('gives the bearer the SDK sends: the prefix and the SHA-256 of the key read as hexadecimal', () => {
    const hash = createHash('sha256').update(Buffer.from('abcd', 'hex')).digest('hex');
    expect(bearer('signkey-test-abcd')).toBe(`Bearer signkey-test-${hash}`);
    expect(bearer('abcd')).toBe(`Bearer ${hash}`);
  });
});

describe('ids', () => {
  it('hashes step names, and the number of a repeated name', () => {
    expect(stepHash('complete')).toBe('0737c22d3bfae812339732d14d8c7dbd6dc4e09c');
    expect(RUN_COMPLETE_ID).toBe(stepHash('complete'));
    expect(stepHash('a', 1)).toBe(createHash('sha1').update('a:1').digest('hex'));
  });

  it('makes ULIDs that sort by time and repeat for the same seed', () => {
    expect(ulid(1)).toMatch(/^[0-9A-HJKMNP-TV-Z]{26}$/);
    expect(ulid(1_700_000_000_000) < ulid(1_700_000_000_001)).toBe(true);
    expect(ulid(5, 'seed:0')).toBe(ulid(5, 'seed:0'));
    expect(ulid(5, 'seed:0')).not.toBe(ulid(5, 'seed:1'));
  });
});

describe('durations and moments', () => {
  it.each([
    ['1h30m', 5_400_000],
    ['250ms', 250],
    ['1.5s', 1500],
    ['1w2d', 777_600_000],
    ['nonsense', 0],
  ])('reads %s', (text, ms) => {
    expect(durationMs(text)).toBe(ms);
  });

  it('takes durations and ISO dates, and never waits longer than 366 days', () => {
    expect(momentOf('2s', now)).toEqual(later(2000));
    expect(momentOf('2026-03-01T12:00:05.250Z', now)).toEqual(later(5250));
    expect(momentOf(undefined, now)).toEqual(later(366 * 86_400_000));
    expect(momentOf('900w', now)).toEqual(later(366 * 86_400_000));
  });

  it('reads Retry-After as seconds or date, inside a day', () => {
    expect(retryAfter('3', now)).toEqual(later(3000));
    expect(retryAfter('2026-03-01T12:01:00Z', now)).toEqual(later(60_000));
    expect(retryAfter('Sun, 01 Mar 2026 12:01:00 GMT', now)).toEqual(later(60_000));
    expect(retryAfter('999999', now)).toEqual(later(86_400_000));
    expect(retryAfter('2020-01-01T00:00:00Z', now)).toEqual(later(1));
    expect(retryAfter('soon', now)).toBeUndefined();
    expect(retryAfter(null, now)).toBeUndefined();
  });

  it('backs off from a quarter of a minute to two hours', () => {
    const bounds = [15, 30, 60, 120, 300, 600, 1200, 2400, 3600, 7200, 7200];
    for (const [attempt, seconds] of bounds.entries()) {
      const wait = inngestBackoffMs(attempt);
      expect(wait).toBeGreaterThanOrEqual(seconds * 1000);
      expect(wait).toBeLessThan(seconds * 1000 + 30_000);
    }
  });
});
