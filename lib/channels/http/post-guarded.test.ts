import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isForbiddenAddress } from '@/lib/channels/http/guard-address';
import { postGuarded, refusedUrl } from '@/lib/channels/http/post-guarded';

vi.mock('@/lib/env', () => ({ env: () => settings }));
const settings = { WAYBILL_WEBHOOK_PRIVATE_HOSTS: '' };
let server: Server;
let hits = 0;
let answer = { status: 204, headers: {} as Record<string, string>, body: '' };
const port = () => (server.address() as AddressInfo).port;
const post = (url: string) => postGuarded({ url, headers: {}, body: '{}', timeoutMs: 2_000 });

beforeAll(async () => {
  server = createServer((_, response) => {
    hits++;
    response.writeHead(answer.status, answer.headers).end(answer.body);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('an address that somebody else chose', () => {
  it.each([
    'http://127.0.0.1/',
    'http://127.1/',
    'http://2130706433/',
    'http://0x7f000001/',
    'http://0177.0.0.1/',
    'http://0/',
    'http://10.1.2.3/',
    'http://172.16.0.1/',
    'http://172.31.255.255/',
    'http://192.168.1.1/',
    'http://169.254.169.254/latest/meta-data/',
    'http://100.64.0.1/',
    'http://198.18.0.1/',
    'http://224.0.0.1/',
    'http://255.255.255.255/',
    'http://[::1]/',
    'http://[::]/',
    'http://[::ffff:127.0.0.1]/',
    'http://[::ffff:7f00:1]/',
    'http://[::127.0.0.1]/',
    'http://[64:ff9b::7f00:1]/',
    'http://[fd00::1]/',
    'http://[fe80::1]/',
    'http://[2002:7f00:1::]/',
    'http://[fec0::1]/',
    'http://localhost/',
    'http://LOCALHOST./',
    'http://api.localhost/',
    'http://①②⑦.⓪.⓪.①/',
    'https://user:pass@example.com/',
    'ftp://example.com/',
    'file:///etc/passwd',
    'gopher://example.com/',
    'http://example.com:22/',
    'http://example.com:25/',
    'javascript:alert(1)',
    'not a url',
    '',
  ])('%s is refused before any network is asked', async (url) => {
    expect(refusedUrl(url)).not.toBeNull();
    expect(await post(url)).toMatchObject({ status: null });
  });

  it.each([
    'https://example.com/hook',
    'https://example.com:8443/',
    'http://93.184.216.34/',
    'https://[2606:4700::1111]/',
  ])('%s may be called', (url) => expect(refusedUrl(url)).toBeNull());

  it('is refused when its name resolves into a private network, and nothing is connected to', async () => {
    const before = hits;
    // a public name for 127.0.0.1 is not needed: this machine's own name resolves to a private address
    const { hostname } = await import('node:os');
    const result = await post(`http://${hostname()}:${port()}/`);
    expect(result).toMatchObject({ status: null });
    expect(hits).toBe(before);
  });

  it('is reached when the operator names its host', async () => {
    settings.WAYBILL_WEBHOOK_PRIVATE_HOSTS = 'crm.internal, 127.0.0.1';
    expect(await post(`http://127.0.0.1:${port()}/`)).toEqual({ status: 204, retryAfter: null });
  });

  it('is not followed elsewhere: a redirect is an answer', async () => {
    answer = { status: 302, headers: { location: `http://127.0.0.1:${port()}/secret` }, body: '' };
    const before = hits;
    expect(await post(`http://127.0.0.1:${port()}/`)).toMatchObject({ status: 302 });
    expect(hits).toBe(before + 1);
  });

  it('cannot fill our memory with its answer', async () => {
    answer = { status: 200, headers: {}, body: 'x'.repeat(5_000_000) };
    expect(await post(`http://127.0.0.1:${port()}/`)).toMatchObject({ status: 200 });
  });

  it('counts as forbidden when it is no address at all', () => expect(isForbiddenAddress('')).toBe(true));
});
