import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { API_KEY_PATTERN, apiKeyPrefix, formatApiKey, isApiKey } from '@/lib/domain/api-key';

const bytes = fc.uint8Array({ minLength: 32, maxLength: 32 });

describe('an API key', () => {
  it('has a form that scanners find, whatever the bytes', () => {
    fc.assert(
      fc.property(bytes, fc.boolean(), (random, live) => {
        const key = formatApiKey(live, random);
        expect(key).toMatch(API_KEY_PATTERN);
        expect(isApiKey(key)).toBe(true);
        expect(apiKeyPrefix(key)).toHaveLength(14);
      }),
    );
  });

  it('is not a key any more once one character is mistyped', () => {
    fc.assert(
      fc.property(bytes, fc.nat(48), fc.constantFrom(...'0aZ'), (random, at, character) => {
        const key = formatApiKey(true, random);
        const place = 'wb_live_'.length + at;
        const bent = key.slice(0, place) + character + key.slice(place + 1);
        expect(isApiKey(bent)).toBe(bent === key);
      }),
    );
  });

  it('differs for different bytes', () => {
    fc.assert(
      fc.property(bytes, bytes, (a, b) => {
        expect(formatApiKey(true, a) === formatApiKey(true, b)).toBe(Buffer.compare(a, b) === 0);
      }),
    );
  });
});
