import { createServer } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { hostGuard, isPublicTarget } from '@/lib/http/public-host';

const guard = hostGuard({ APP_URL: 'https://app.example', WAYBILL_PUBLIC_URL: 'https://mail.example' });
const server = createServer((req, res) => {
  if (!guard(req, res)) res.end('served');
});
let port = 0;

beforeAll(async () => {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  port = Number((server.address() as { port: number }).port);
});
afterAll(() => void server.close());

/** Sends the target as it stands: no client that tidies it up first. */
function ask(host: string | null, target: string, headers: string[] = []): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1');
    const lines = [
      `GET ${target} HTTP/1.1`,
      ...(host === null ? [] : [`Host: ${host}`]),
      ...headers,
      'Connection: close',
    ];
    let answer = '';
    socket.on('data', (bytes) => {
      answer += bytes;
    });
    socket.once('end', () => resolve(/^HTTP\/1\.1 (\d+)/.exec(answer)?.[1] ?? ''));
    socket.once('error', reject);
    socket.end(`${lines.join('\r\n')}\r\n\r\n`);
  });
}

const TOKEN = 'zzz.AbCdEfGhIjKlMnOp';
const PUBLIC = [
  `/u/${TOKEN}`,
  `/preferences/${TOKEN}`,
  `/api/t/o/${TOKEN}`,
  `/api/t/c/${TOKEN}/3`,
  '/api/assets/ast_01jd5k3q8w4r2t9z',
  '/api/webhooks/resend?account=pac_1',
  `/api/webhooks/twilio?account=pac_1&receipt=${TOKEN}`,
  '/api/health',
];
const PRIVATE = [
  '/',
  '/overview',
  '/sign-in',
  '/setup?token=x',
  '/demo?token=x',
  '/developers',
  '/api/auth/csrf',
  '/api/v1/workspace',
  '/api/inngest',
  '/embed/contact/x',
  '/_next/image?url=x',
  '/u',
  '/u/',
  '/u/x/y',
  '/u/..',
  '/u/.',
  '/u/../overview',
  '/u/x/../../overview',
  '/u/%2e%2e/overview',
  '/u/..%2foverview',
  '/u/x%2f..%2f..%2foverview',
  '/u\\..\\overview',
  '//overview',
  '/u//overview',
  '/U/x',
  '/api/t/c/x/../../../v1/workspace',
  '/api/t/c/x/..',
  '/api/assets/../v1/workspace',
  '/api/webhooks/resend/../../v1/workspace',
  '/api/health/../v1/workspace',
  '/api/healthy',
  'http://app.example/overview',
];

describe('the host for recipients', () => {
  it('serves what is in messages, and what providers report to', async () => {
    for (const target of PUBLIC) expect(await ask('mail.example', target), target).toBe('200');
  });

  it('has nothing else, whatever form it is asked in', async () => {
    for (const target of PRIVATE) expect(await ask('mail.example', target), target).toBe('404');
    for (const target of PRIVATE) expect(isPublicTarget(target), target).toBe(false);
  });

  it('is not talked out of it by a header', async () => {
    const disguises = [
      'X-Forwarded-Host: app.example',
      'X-Original-URL: /overview',
      'X-Rewrite-URL: /overview',
      'X-Middleware-Subrequest: proxy:proxy:proxy:proxy:proxy',
      'RSC: 1',
    ];
    for (const header of disguises) expect(await ask('mail.example', '/overview', [header]), header).toBe('404');
  });
});

describe('the host of the dashboard', () => {
  it('serves everything, links of earlier messages too', async () => {
    for (const target of [...PUBLIC, '/overview', '/api/v1/workspace']) {
      expect(await ask('app.example', target), target).toBe('200');
    }
    expect(await ask('APP.example', '/overview')).toBe('200');
    expect(await ask('app.example:443', '/overview')).toBe('200');
  });

  it('is known by its exact name: any other host is taken for the public one', async () => {
    for (const host of [
      'app.example:444',
      'evil.example',
      'app.example.evil.example',
      'app.example@evil.example',
      'evil.example/app.example',
      '127.0.0.1',
      '',
    ]) {
      expect(await ask(host, '/overview'), host).toBe('404');
      expect(await ask(host, `/u/${TOKEN}`), host).toBe('200');
    }
  });
});

it('without a public host everything is served on any', () => {
  const open = hostGuard({ APP_URL: 'https://app.example' });
  expect(open({ url: '/overview', headers: { host: 'any' } } as never, {} as never)).toBe(false);
});
