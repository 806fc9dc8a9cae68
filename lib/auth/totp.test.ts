import { renderSVG } from 'uqr';
import { describe, expect, it } from 'vitest';
import { base32, codeAt, newTotpSecret, stepAt, stepOfCode, totpAddress } from '@/lib/auth/totp';

const RFC_SECRET = base32(Buffer.from('12345678901234567890'));

describe('a code', () => {
  it('is the one of RFC 6238, appendix B', () => {
    const vectors: [number, string][] = [
      [59, '94287082'],
      [1111111109, '07081804'],
      [1111111111, '14050471'],
      [1234567890, '89005924'],
      [2000000000, '69279037'],
      [20000000000, '65353130'],
    ];
    for (const [second, code] of vectors) expect(codeAt(RFC_SECRET, stepAt(second * 1000), 8)).toBe(code);
  });

  it('is the one of RFC 4226, appendix D', () => {
    const codes = '755224 287082 359152 969429 338314 254676 287922 162583 399871 520489'.split(' ');
    expect(codes.map((_, counter) => codeAt(RFC_SECRET, counter))).toEqual(codes);
  });

  it('is known by its own 30 seconds and those beside them, and by no others', () => {
    const secret = newTotpSecret();
    const now = 1_800_000_000_000;
    const around = [-3, -2, -1, 0, 1, 2, 3].map((away) => stepAt(now) + away);
    const known = around.filter((step) => stepOfCode(secret, codeAt(secret, step), now) === step);
    expect(known).toEqual(around.slice(2, 5));
  });

  it('is six digits and nothing else', () => {
    const now = 59_000;
    expect(stepOfCode(RFC_SECRET, '287082', now)).toBe(1);
    for (const text of ['', '28708', '2870820', ' 287082', '２８７０８２', '94287082', '-87082', '1e5555']) {
      expect(stepOfCode(RFC_SECRET, text, now), text).toBeNull();
    }
  });
});

describe('a secret', () => {
  it('has 160 bits in letters that an app takes (RFC 4648)', () => {
    expect(newTotpSecret()).toMatch(/^[A-Z2-7]{32}$/);
    expect(new Set(Array.from({ length: 100 }, newTotpSecret)).size).toBe(100);
    const vectors = {
      '': '',
      f: 'MY',
      fo: 'MZXQ',
      foo: 'MZXW6',
      foob: 'MZXW6YQ',
      fooba: 'MZXW6YTB',
      foobar: 'MZXW6YTBOI',
    };
    for (const [text, encoded] of Object.entries(vectors)) expect(base32(Buffer.from(text))).toBe(encoded);
  });

  it('is told to an app under the name of its account, whatever that holds', () => {
    const address = new URL(totpAddress('ABC', 'a&b?c@example.com', 'Way bill'));
    expect(decodeURIComponent(address.pathname)).toContain('Way bill:a&b?c@example.com');
    expect(Object.fromEntries(address.searchParams)).toMatchObject({ secret: 'ABC', issuer: 'Way bill', period: '30' });
    expect(renderSVG(address.href)).not.toContain('script');
  });
});
