import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { readToken, signToken, TOKEN_PURPOSES } from '@/lib/features/secrets/tokens';

vi.mock('@/lib/env', () => ({ env: () => secrets }));
const secrets = { WAYBILL_SECRET: 'a'.repeat(40), WAYBILL_SECRET_PREVIOUS: undefined as string | undefined };

describe('a token that names a delivery', () => {
  beforeEach(() => Object.assign(secrets, { WAYBILL_SECRET: 'a'.repeat(40), WAYBILL_SECRET_PREVIOUS: undefined }));
  afterEach(() => vi.restoreAllMocks());

  it('comes back as the same delivery, up to the largest number', () => {
    for (const purpose of TOKEN_PURPOSES) {
      for (const id of ['1', '35', '36', '1234567890', '9223372036854775807']) {
        expect(readToken(purpose, signToken(purpose, id))).toBe(id);
      }
    }
  });

  it('has the compact form', () => {
    expect(signToken('unsubscribe', 46655)).toMatch(/^zzz\.[A-Za-z0-9_-]{16}$/);
    expect(signToken('bounce', '46655')).toMatch(/^zzz\.[a-z2-7]{20}$/);
  });

  it('does not open for another purpose', () => {
    for (const made of TOKEN_PURPOSES) {
      for (const read of TOKEN_PURPOSES) {
        expect(readToken(read, signToken(made, 7)) === null).toBe(made !== read);
      }
    }
  });

  it('is refused after any change of any one character, of a bit or to whatever else', () => {
    const letters = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));
    for (const purpose of TOKEN_PURPOSES) {
      const token = signToken(purpose, '123456');
      const isSame = (text: string) => (purpose === 'bounce' ? text.toLowerCase() : text) === token;
      let changes = 0;
      for (let at = 0; at < token.length; at++) {
        for (const letter of letters) {
          const changed = token.slice(0, at) + letter + token.slice(at + 1);
          if (isSame(changed)) continue;
          changes++;
          expect(readToken(purpose, changed), changed).toBeNull();
        }
        const without = token.slice(0, at) + token.slice(at + 1);
        expect(readToken(purpose, without), without).toBeNull();
      }
      expect(changes).toBeGreaterThan(2_000);
    }
  });

  it('is refused with what signs another delivery', () => {
    for (const purpose of TOKEN_PURPOSES) {
      const [, mac] = signToken(purpose, 1).split('.');
      for (let id = 2n; id < 200n; id++) expect(readToken(purpose, `${id.toString(36)}.${mac}`)).toBeNull();
    }
  });

  it('is refused when it is something else altogether', () => {
    for (const text of [
      '',
      '.',
      '1.',
      'x',
      '01.AAAAAAAAAAAAAAAA',
      `${'z'.repeat(500)}.AAAAAAAAAAAAAAAA`,
      '1.é'.repeat(9),
    ]) {
      expect(readToken('click', text)).toBeNull();
    }
  });

  it('survives a mail system that changes the case of a return path', () => {
    expect(readToken('bounce', signToken('bounce', '987654321').toUpperCase())).toBe('987654321');
  });

  it('stays valid after the secret is rotated, and ends when the old secret is forgotten', () => {
    const token = signToken('unsubscribe', 42);
    secrets.WAYBILL_SECRET = 'b'.repeat(40);
    expect(readToken('unsubscribe', token)).toBeNull();
    secrets.WAYBILL_SECRET_PREVIOUS = 'a'.repeat(40);
    expect(readToken('unsubscribe', token)).toBe('42');
  });

  it('is cheap enough for every message', () => {
    const before = process.cpuUsage();
    for (let id = 0; id < 20_000; id++) signToken('click', id);
    const { user, system } = process.cpuUsage(before);
    expect((user + system) / 20_000, 'microseconds of processor').toBeLessThan(100);
  });
});
