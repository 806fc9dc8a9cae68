import { describe, expect, it, vi } from 'vitest';
import { formAnswer, formFields } from '@/lib/http/form-action';
import { isSameOrigin } from '@/lib/http/same-origin';
import { contentSecurityPolicy, pageHeaders } from '@/lib/http/security-headers';

vi.mock('@/lib/env', () => ({ env: () => ({ APP_URL: 'https://app.example.com' }) }));

describe('a request with a session cookie', () => {
  const post = (headers: Record<string, string>) => isSameOrigin('POST', new Headers(headers));
  const get = (headers: Record<string, string>) => isSameOrigin('GET', new Headers(headers));

  it('may write when it names our own origin', () => {
    expect(post({ origin: 'https://app.example.com' })).toBe(true);
    expect(post({ 'sec-fetch-site': 'same-origin' })).toBe(true);
    expect(post({ origin: 'http://127.0.0.1:3000', host: '127.0.0.1:3000' })).toBe(true);
  });
  it('may not write from anywhere else, nor from nowhere', () => {
    for (const headers of [
      {},
      { host: 'app.example.com' },
      { origin: 'null' },
      { origin: 'null', 'sec-fetch-site': 'same-origin' },
      { origin: 'https://evil.test' },
      { origin: 'https://evil.test', 'sec-fetch-site': 'same-origin' },
      { origin: 'https://app.example.com.evil.test' },
      { origin: 'http://app.example.com' },
      { origin: 'https://app.example.com', 'sec-fetch-site': 'same-site' },
      { 'sec-fetch-site': 'none' },
    ]) {
      expect(post(headers as Record<string, string>), JSON.stringify(headers)).toBe(false);
    }
  });
  it('may read from our pages and by following a link, not from another site’s script', () => {
    expect(get({})).toBe(true);
    expect(get({ 'sec-fetch-site': 'none' })).toBe(true);
    expect(get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'navigate' })).toBe(true);
    expect(get({ 'sec-fetch-site': 'cross-site', 'sec-fetch-mode': 'no-cors' })).toBe(false);
    expect(get({ 'sec-fetch-site': 'same-site', 'sec-fetch-mode': 'cors' })).toBe(false);
  });
});

describe('the headers of a page', () => {
  it('let scripts run by nonce only, and nobody embed it', () => {
    const policy = contentSecurityPolicy({ nonce: 'abc', isDevelopment: false });
    expect(policy).toContain("script-src 'self' 'nonce-abc' 'strict-dynamic';");
    expect(policy).toContain("frame-ancestors 'none'");
    expect(policy).not.toMatch(/unsafe-eval|script-src[^;]*unsafe-inline/);
  });
  it('name those who may embed it, where somebody may', () => {
    const policy = contentSecurityPolicy({
      nonce: 'abc',
      isDevelopment: false,
      frameAncestors: ['https://crm.example.com'],
    });
    expect(policy).toContain('frame-ancestors https://crm.example.com');
  });
  it('insist on https only where there is https', () => {
    expect(pageHeaders({ isHttps: true })['strict-transport-security']).toMatch(/max-age=63072000/);
    expect(pageHeaders({ isHttps: false })).not.toHaveProperty('strict-transport-security');
  });
});

describe('a form', () => {
  const data = new FormData();
  for (const [name, value] of Object.entries({ name: 'Ada', password: 'secret', $ACTION_ID_1: 'x', 'tags[]': 'one' })) {
    data.append(name, value);
  }
  data.append('day', 'mon');
  data.append('day', 'tue');

  it('is read by its own fields', () => {
    expect(formFields(data)).toEqual({ name: 'Ada', password: 'secret', tags: ['one'], day: ['mon', 'tue'] });
  });
  it('gets back what was typed after an error, passwords excepted', () => {
    const error = {
      code: 'invalid' as const,
      message: 'Nothing was saved. name: too long',
      issues: [{ path: 'name', message: 'Too long.' }],
    };
    expect(formAnswer({ ok: false, error }, data)).toEqual({
      status: 'error',
      message: 'Nothing was saved. Too long.',
      issues: error.issues,
      values: { name: 'Ada', tags: 'one', day: 'mon\ntue' },
    });
    expect(formAnswer({ ok: true, data: 3 }, data, (n) => `${n} saved`)).toEqual({
      status: 'done',
      message: '3 saved',
    });
  });
});
