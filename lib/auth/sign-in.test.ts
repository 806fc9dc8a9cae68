import { describe, expect, it } from 'vitest';
import { readSignInEmail } from '@/lib/auth/email-address';
import { isLaunchToken, launchLink } from '@/lib/auth/launch-link';
import { isLeaked } from '@/lib/auth/leaked-passwords';
import { hashNewPassword, hashPassword, needsRehash, newPasswordIssue, verifyPassword } from '@/lib/auth/password';
import { passwordIssue } from '@/lib/auth/password-policy';
import { clientIp, networkOf } from '@/lib/auth/request-origin';
import { safeReturnTo } from '@/lib/auth/return-to';

describe('the address somebody signs in with', () => {
  it('is one plain address, in lower case', () => {
    expect(readSignInEmail('  Ada.Lovelace+x@Example.COM ')).toBe('ada.lovelace+x@example.com');
  });
  it('is never a list, a name with an address, a quoted part or markup', () => {
    const bad = [
      'a@example.com,b@evil.test',
      'a@example.com;b@evil.test',
      'a@example.com b@evil.test',
      'a@example.com\r\nBcc: b@evil.test',
      '"a@evil.test"@example.com',
      'Ada <a@example.com>',
      'a@example.com(comment)',
      '<script>@example.com',
      'a@b@example.com',
      'a＠example.com',
      'a@example.com＠evil.test',
      'a@[127.0.0.1]',
      'a@example',
      '@example.com',
      'a@',
      '',
      `${'a'.repeat(300)}@example.com`,
      null,
      ['a@example.com'],
      { email: 'a@example.com' },
    ];
    for (const text of bad) expect(readSignInEmail(text), String(text)).toBeNull();
  });
});

describe('a password', () => {
  it('is told from any other, whatever its Unicode form', async () => {
    const stored = await hashPassword('correct horse Ångström');
    expect(stored).toMatch(/^scrypt\$15\$8\$3\$/);
    expect(await verifyPassword('correct horse Ångström'.normalize('NFD'), stored)).toBe(true);
    expect(await verifyPassword('correct horse angstrom', stored)).toBe(false);
  });
  it('is never right where there is none, or where the digest is damaged', async () => {
    for (const stored of [null, '', 'scrypt$15$8$3$x', 'plain', `scrypt$99$8$3$AAAA$${'A'.repeat(43)}`]) {
      expect(await verifyPassword('', stored)).toBe(false);
    }
  });
  it('is hashed with a salt of its own', async () => {
    expect(await hashPassword('same password')).not.toBe(await hashPassword('same password'));
  });
  it('is hashed anew once the cost goes up', () => {
    expect(needsRehash('scrypt$14$8$1$a$b')).toBe(true);
    expect(needsRehash('scrypt$15$8$3$a$b')).toBe(false);
  });
  it('is refused when short, long, common, a run, or the person’s own name', () => {
    for (const bad of [
      'short',
      'password1234',
      'aaaaaaaaaaaaaa',
      '123456789012',
      'qwertyuiopas',
      'lovelace-2024',
      'x'.repeat(129),
    ]) {
      expect(passwordIssue(bad, 'ada@lovelace.example'), bad).not.toBeNull();
    }
    for (const good of ['correct horse battery', 'Tr0ub4dor&3-and-more', '長いパスワードを使いましょう！']) {
      expect(passwordIssue(good, 'ada@lovelace.example'), good).toBeNull();
    }
  });
});

describe('a password that was stolen elsewhere', () => {
  // from the list's top, middle and end; the policy alone would let each of them through
  const LEAKED = [
    '1qaz2wsx3edc',
    'Q1W2E3R4T5Y6',
    'unbelievable',
    'contortionist',
    'chickenwing101',
    'vjhtrhsvdctcegth',
  ];

  it('is refused in words when it is set, also with other capitals', async () => {
    for (const password of LEAKED) {
      expect(passwordIssue(password, 'ada@example.com'), password).toBeNull();
      expect(newPasswordIssue(password, 'ada@example.com'), password).toMatch(/stolen elsewhere/);
    }
    await expect(hashNewPassword('Contortionist', 'ada@example.com')).rejects.toMatchObject({
      issues: [{ path: 'password', message: expect.stringContaining('stolen') }],
    });
  });

  it('is not mistaken for one that nobody had', () => {
    const own = Array.from({ length: 2_000 }, (_, n) => `waves of ${n} paper boats`);
    expect(own.filter(isLeaked).length).toBeLessThanOrEqual(1);
    for (const good of ['correct horse battery staple x', 'four plain words here']) expect(isLeaked(good)).toBe(false);
  });
});

describe('the link a launcher prints', () => {
  const secret = 's'.repeat(32);
  const link = new URL(launchLink('demo', 'http://localhost:3000', secret, 2_000_000_000_000));
  const token = link.searchParams.get('token') ?? '';

  it('opens its own door until it expires', () => {
    expect(link.pathname).toBe('/demo');
    expect(isLaunchToken('demo', token, secret, 1_999_999_999_999)).toBe(true);
    expect(isLaunchToken('demo', token, secret, 2_000_000_000_000)).toBe(false);
  });
  it('opens no other, cannot be prolonged, and is worth nothing elsewhere', () => {
    expect(isLaunchToken('setup', token, secret, 0)).toBe(false);
    expect(isLaunchToken('demo', token.replace('2000', '2001'), secret, 0)).toBe(false);
    expect(isLaunchToken('demo', token, 't'.repeat(32), 0)).toBe(false);
    expect(isLaunchToken('demo', '', secret, 0)).toBe(false);
  });
});

describe('where a request comes from', () => {
  it('is what the nearest proxy saw, not what the caller claims', () => {
    expect(clientIp(new Headers({ 'x-forwarded-for': '1.2.3.4, 10.0.0.9' }))).toBe('10.0.0.9');
    expect(clientIp(new Headers({ 'x-forwarded-for': '::ffff:10.0.0.9' }))).toBe('10.0.0.9');
    expect(clientIp(new Headers({ 'x-forwarded-for': '<script>' }))).toBeNull();
    expect(clientIp(new Headers())).toBeNull();
  });
  it('counts one IPv6 customer once', () => {
    expect(networkOf('2001:db8:1:2:3:4:5:6')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:db8:1:2::9')).toBe('2001:db8:1:2::/64');
    expect(networkOf('2001:0db8::1')).toBe('2001:db8:0:0::/64');
    expect(networkOf('::1')).toBe('0:0:0:0::/64');
    expect(networkOf('192.0.2.1')).toBe('192.0.2.1');
  });
});

describe('the place to go to after signing in', () => {
  it('is a path of this app', () => {
    expect(safeReturnTo('/runs/run_1?step=2#x')).toBe('/runs/run_1?step=2#x');
  });
  it('is the start for anything else', () => {
    const bad = [
      'https://evil.test',
      '//evil.test',
      '/\\evil.test',
      '/a\\b',
      'javascript:alert(1)',
      '/\t/evil.test',
      '/sign-in',
    ];
    for (const value of [...bad, '/api/auth/signout', '', null, ['/x']]) expect(safeReturnTo(value)).toBe('/');
  });
});
