import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { createServer } from 'node:https';
import { type AddressInfo, createServer as createTcp, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { callProvider } from './call-provider';

const servers: Server[] = [];
afterEach(async () => {
  for (const server of servers.splice(0)) await new Promise((resolve) => server.close(resolve));
});

async function tcp(onData: (socket: import('node:net').Socket, text: string) => void): Promise<string> {
  const server = createTcp((socket) => {
    socket.on('error', () => undefined);
    socket.on('data', (chunk) => onData(socket, chunk.toString()));
  });
  servers.push(server);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}/x`;
}
const post = (url: string, overrides: object = {}) =>
  callProvider({ url, method: 'POST', headers: {}, body: 'hi', timeoutMs: 10_000, ...overrides });

describe('a call to a provider', () => {
  it('is certainly not sent when the name is unknown, nobody listens, or the request cannot exist', async () => {
    expect(await post('http://provider.invalid/x')).toMatchObject({ kind: 'not_sent', code: 'dns_failed' });
    const url = await tcp(() => undefined);
    await new Promise((resolve) => servers.pop()?.close(resolve));
    expect(await post(url)).toMatchObject({ kind: 'not_sent', code: 'connection_refused' });
    expect(await post(url, { headers: { authorization: 'Bearer a\nb' } })).toMatchObject({
      kind: 'not_sent',
      code: 'invalid_request',
    });
    expect(await post('not a url')).toMatchObject({ kind: 'not_sent', code: 'invalid_request' });
  });

  it('is certainly not sent to a server whose certificate is not trusted', async () => {
    const dir = mkdtempSync(join(tmpdir(), 'waybill-https-'));
    const [key, cert] = [join(dir, 'key.pem'), join(dir, 'cert.pem')];
    const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
    execFileSync('openssl', [...made, '-keyout', key, '-out', cert], { stdio: 'ignore' });
    let requests = 0;
    const server = createServer({ key: readFileSync(key), cert: readFileSync(cert) }, (_request, response) => {
      requests++;
      response.end('{}');
    });
    servers.push(server);
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    const url = `https://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    expect(await post(url)).toMatchObject({ kind: 'not_sent', code: 'tls_certificate' });
    expect(requests).toBe(0);
  });

  it('is unknown once a connection was made and no complete answer came', async () => {
    const closing = await tcp((socket) => socket.end());
    expect(await post(closing)).toMatchObject({ kind: 'unknown', code: 'connection_lost' });
    const short = await tcp((socket) => socket.end('HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf'));
    expect(await post(short)).toMatchObject({ kind: 'unknown', code: 'connection_lost' });
    const nonsense = await tcp((socket) => socket.end('220 smtp here\r\n'));
    expect(await post(nonsense)).toMatchObject({ kind: 'unknown' });
    const silent = await tcp((socket) => setTimeout(() => socket.destroy(), 2000).unref());
    expect(await post(silent, { timeoutMs: 200 })).toMatchObject({ kind: 'unknown', code: 'timeout' });
  });

  it('follows no redirect and reads multi-byte bodies whole', async () => {
    const body = Buffer.from('Grüße');
    const head = `HTTP/1.1 307 Elsewhere\r\nlocation: http://127.0.0.1:1/\r\ncontent-length: ${body.length}\r\n\r\n`;
    const url = await tcp((socket) => {
      socket.write(head);
      socket.write(body.subarray(0, 3), () => socket.end(body.subarray(3)));
    });
    expect(await post(url)).toMatchObject({ kind: 'answered', status: 307, body: 'Grüße' });
  });
});
