import { createServer, type Server } from 'node:net';
import { hostname } from 'node:os';
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest';
import { callProvider } from '@/lib/channels/http/call-provider';
import { openChannel } from '@/lib/channels/open-channel';
import { PostgresSink } from '@/lib/channels/sinks/postgres-sink';
import type { ProviderConfigInput } from '@/lib/domain/provider';
import { providerConfigSchema } from '@/lib/domain/provider';

const settings = vi.hoisted(() => ({
  NODE_ENV: 'production',
  WAYBILL_WEBHOOK_PRIVATE_HOSTS: '',
  WAYBILL_PROVIDER_PRIVATE_HOSTS: undefined as string | undefined,
}));
vi.mock('@/lib/env', () => ({ env: () => settings }));

let server: Server;
let connections = 0;
let port = 0;

const accounts = (host: string): [string, ProviderConfigInput, Record<string, string>][] => [
  ['smtp', { kind: 'smtp', host, port, security: 'none' }, {}],
  ['smpp', { kind: 'smpp', host, port, systemId: 'me' }, { password: 'x' }],
  ['resend', { kind: 'resend', baseUrl: `http://${host}:${port}` }, { apiKey: 're_1' }],
  ['twilio', { kind: 'twilio', baseUrl: `http://${host}:${port}`, accountSid: 'AC1' }, { secret: 'x' }],
];

async function verified(config: ProviderConfigInput, secrets: Record<string, string>) {
  const { channel } = openChannel({ config: providerConfigSchema.parse(config), secrets });
  const result = await channel.verify();
  await channel.close();
  return result;
}

beforeAll(async () => {
  server = createServer((socket) => {
    connections++;
    socket.on('error', () => undefined);
    socket.destroy();
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const address = server.address();
  port = typeof address === 'object' && address ? address.port : 0;
});
afterAll(() => new Promise((resolve) => server.close(resolve)));

describe('the host of a provider, in production', () => {
  for (const host of ['127.0.0.1', 'localhost', '127.1', '2130706433', '0x7f000001', hostname()]) {
    it(`is not reached at ${host === hostname() ? 'a name that resolves to this machine' : host}`, async () => {
      const before = connections;
      for (const [, config, secrets] of accounts(host)) {
        expect(await verified(config, secrets), config.kind).toMatchObject({ ok: false });
      }
      const sink = new PostgresSink({ kind: 'postgres', host, port, database: 'd', user: 'u', tls: 'off' }, 'x');
      expect(await sink.verify()).toMatchObject({ ok: false });
      expect(connections).toBe(before);
    });
  }

  it('makes a definite result of it: nothing was sent, and the account is to blame', async () => {
    const answer = await callProvider({ url: `http://10.0.0.1/`, method: 'GET', headers: {}, timeoutMs: 1000 });
    expect(answer).toMatchObject({ kind: 'not_sent', code: 'forbidden_host' });
  });

  it('is reached where the operator names it', async () => {
    settings.WAYBILL_PROVIDER_PRIVATE_HOSTS = 'relay.internal, 127.0.0.1';
    const before = connections;
    for (const [, config, secrets] of accounts('127.0.0.1')) await verified(config, secrets);
    expect(connections - before).toBeGreaterThanOrEqual(4);
  });
});
