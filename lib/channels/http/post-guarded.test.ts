import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { isForbiddenAddress } from '@/lib/channels/http/guard-address';
import { postGuarded, refusedUrl } from '@/lib/channels/http/post-guarded';

type Answered = (error: Error | null, addresses: { address: string; family: number }[]) => void;
const resolver = vi.hoisted(() => vi.fn<(name: string, options: object, done: Answered) => void>());
vi.mock('node:dns', async (original) => {
  const dns = await original<typeof import('node:dns')>();
  resolver.mockImplementation(dns.lookup as never);
  return { ...dns, lookup: resolver };
});
vi.mock('@/lib/env', () => ({ env: () => settings }));
const settings = { WAYBILL_WEBHOOK_PRIVATE_HOSTS: '' };
let server: Server;
let hits = 0;
/** What the name server says, one after the other. */
let answers: string[][] = [];
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
    'http://0x7f.1/',
    'http://0x7f.0x0.0x0.0x1/',
    'http://0177.0x0.0.1/',
    'http://017700000001/',
    'http://127.0.1/',
    'http://127.255.255.254/',
    'http://0.0.0.0/',
    'http://10.0.0.1./',
    'http://192.168.0.1:8080/',
    'http://3232235777/',
    'http://0xa9fea9fe/',
    'http://2852039166/latest/meta-data/',
    'http://169.254.170.2/v2/credentials',
    'http://192.0.0.192/opc/v1/instance/',
    'http://100.100.100.200/latest/meta-data/',
    'http://192.0.2.1/',
    'http://198.51.100.7/',
    'http://203.0.113.9/',
    'http://192.88.99.1/',
    'http://240.0.0.1/',
    'http://[0:0:0:0:0:0:0:1]/',
    'http://[::ffff:10.0.0.1]/',
    'http://[::ffff:a9fe:a9fe]/',
    'http://[0:0:0:0:0:ffff:127.0.0.1]/',
    'http://[64:ff9b:1::1]/',
    'http://[64:ff9b::169.254.169.254]/',
    'http://[fd00:ec2::254]/latest/meta-data/',
    'http://[fc00::1]/',
    'http://[febf::1]/',
    'http://[2001:db8::1]/',
    'http://[2001::1]/',
    'http://[100::1]/',
    'http://[ff02::1]/',
    'http://127。0。0。1/',
    'http://１２７.0.0.1/',
    'http://localhost:8080/',
    'http://foo.bar.localhost/',
    'http://example.com@127.0.0.1/',
    'http://127.0.0.1#@example.com/',
    'http://127.0.0.1\\@example.com/',
    'ws://example.com/',
    'data:text/plain,x',
    '//example.com/',
    'http://',
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

  it('is resolved once, and connected to at what was checked: a name that changes its mind leads nowhere else', async () => {
    const before = hits;
    const asked: string[] = [];
    answers = [['93.184.216.34'], ['127.0.0.1']];
    resolver.mockImplementation((name, _, done) => {
      asked.push(name);
      done(
        null,
        (answers.shift() ?? ['127.0.0.1']).map((address) => ({ address, family: 4 })),
      );
    });
    const result = await postGuarded({
      url: `http://rebind.example:${port()}/`,
      headers: {},
      body: '{}',
      timeoutMs: 400,
    });
    expect(result).toMatchObject({ status: null });
    resolver.mockReset();
    expect([asked, hits]).toEqual([['rebind.example'], before]);
  });

  it('is refused when one of several answers leads into a private network, whichever comes first', async () => {
    const before = hits;
    for (const both of [
      ['93.184.216.34', '127.0.0.1'],
      ['127.0.0.1', '93.184.216.34'],
      ['93.184.216.34', '169.254.169.254'],
    ]) {
      resolver.mockImplementation((_, __, done) =>
        done(
          null,
          both.map((address) => ({ address, family: 4 })),
        ),
      );
      const result = await post(`http://two-answers.example:${port()}/`);
      expect(result).toMatchObject({ status: null, text: expect.stringContaining('private network') });
    }
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
