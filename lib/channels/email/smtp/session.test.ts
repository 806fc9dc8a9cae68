import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import PostalMime from 'postal-mime';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { afterEach, beforeAll, describe, expect, it } from 'vitest';
import { emailGroup } from '@/lib/channels/testing/email-message';
import { type ScriptedSmtp, startScriptedSmtp } from '@/lib/channels/testing/scripted-smtp';
import { SmtpChannel } from './smtp-channel';
import type { SmtpOptions } from './smtp-options';

let key = '';
let cert = '';
beforeAll(() => {
  const dir = mkdtempSync(join(tmpdir(), 'waybill-tls-'));
  const made = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=localhost'];
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const out = ['-keyout', join(dir, 'key.pem'), '-out', join(dir, 'cert.pem')];
  execFileSync('openssl', [...made, ...names, ...out], { stdio: 'ignore' });
  key = readFileSync(join(dir, 'key.pem'), 'utf8');
  cert = readFileSync(join(dir, 'cert.pem'), 'utf8');
});

const closers: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const close of closers.splice(0)) await close();
});

interface Library {
  port: number;
  received: { raw: string; secure: boolean; user: unknown }[];
}

/** The widely used smtp-server library as the other side. */
async function startLibrary(options: SMTPServerOptions = {}): Promise<Library> {
  const library: Library = { port: 0, received: [] };
  const server = new SMTPServer({
    key,
    cert,
    authOptional: true,
    onAuth: (auth, session, done) => {
      const ok =
        auth.method === 'CRAM-MD5'
          ? auth.validatePassword?.('s3cret')
          : auth.username === 'shop' && auth.password === 's3cret';
      if (ok && auth.username === 'shop') return done(null, { user: `${auth.method}:${session.secure}` });
      return done(new Error('no'));
    },
    onData: (stream, session, done) => {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        library.received.push({
          raw: Buffer.concat(chunks).toString('utf8'),
          secure: session.secure,
          user: session.user,
        });
        done();
      });
    },
    ...options,
  });
  server.on('error', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  library.port = (server.server.address() as AddressInfo).port;
  closers.push(() => new Promise((resolve) => server.close(() => resolve(undefined))));
  return library;
}

function open(port: number, options: Partial<SmtpOptions>): SmtpChannel {
  const channel = new SmtpChannel({ host: '127.0.0.1', port, security: 'starttls', connections: 3, ...options });
  closers.unshift(() => channel.close());
  return channel;
}

const auth = { user: 'shop', pass: 's3cret' };

describe('against smtp-server', () => {
  it('sends a group over STARTTLS, signed in, and every message arrives whole', async () => {
    const library = await startLibrary();
    const results = await open(library.port, { auth, tls: { ca: cert } }).send(emailGroup(20));
    expect(results.every((result) => result.outcome === 'accepted')).toBe(true);
    expect(library.received).toHaveLength(20);
    expect(library.received[0]).toMatchObject({ secure: true, user: 'PLAIN:true' });
    const parsed = await PostalMime.parse(library.received.find(({ raw }) => raw.includes('<d.3@'))?.raw ?? '');
    expect(parsed).toMatchObject({
      subject: 'News',
      messageId: '<d.3@sender.example>',
      to: [{ address: 'person3@recipient.example' }],
    });
    expect(parsed.text).toContain('Hello number 3');
  });

  it('sends over implicit TLS', async () => {
    const library = await startLibrary({ secure: true });
    const results = await open(library.port, { security: 'tls', auth, tls: { ca: cert } }).send(emailGroup(5));
    expect(results.map((result) => result.outcome)).toEqual(Array(5).fill('accepted'));
    expect(library.received[0]?.secure).toBe(true);
  });

  for (const method of ['PLAIN', 'LOGIN', 'CRAM-MD5']) {
    it(`signs in with ${method}`, async () => {
      const library = await startLibrary({
        authMethods: [method],
        disabledCommands: ['STARTTLS'],
        allowInsecureAuth: true,
      });
      const results = await open(library.port, { security: 'none', auth }).send(emailGroup(1));
      expect(results).toMatchObject([{ outcome: 'accepted' }]);
      expect(library.received[0]?.user).toBe(`${method}:false`);
    });
  }

  it('a wrong password is an account error for every waiting message', async () => {
    const library = await startLibrary();
    const channel = open(library.port, { auth: { user: 'shop', pass: 'wrong' }, tls: { ca: cert } });
    for (const result of await channel.send(emailGroup(5))) {
      expect(result).toMatchObject({ outcome: 'rejected', class: 'account', retryable: true, code: 'auth_refused' });
    }
    expect(await channel.verify()).toMatchObject({ ok: false });
  });

  it('verify proves address and credentials without sending', async () => {
    const library = await startLibrary();
    const verdict = await open(library.port, { auth, tls: { ca: cert } }).verify();
    expect(verdict).toMatchObject({ ok: true, text: expect.stringContaining('TLSv1.3, signed in as shop') });
    expect(library.received).toHaveLength(0);
  });

  it('a certificate we cannot trust is an account error, and nothing is sent', async () => {
    const library = await startLibrary();
    const results = await open(library.port, { auth }).send(emailGroup(1));
    expect(results).toMatchObject([{ class: 'account', code: 'tls_certificate' }]);
    expect(library.received).toHaveLength(0);
  });

  it('opportunistic encrypts with whatever certificate is there when no password is at stake', async () => {
    const library = await startLibrary();
    expect(await open(library.port, { security: 'opportunistic' }).send(emailGroup(1))).toMatchObject([
      { outcome: 'accepted' },
    ]);
    expect(library.received[0]?.secure).toBe(true);
  });
});

describe('what must never happen in plain text', () => {
  async function scripted(...args: Parameters<typeof startScriptedSmtp>): Promise<ScriptedSmtp> {
    const server = await startScriptedSmtp(...args);
    closers.push(() => server.close());
    return server;
  }

  it('a stripped STARTTLS stops everything with an account error', async () => {
    const server = await scripted({});
    expect(await open(server.port, { auth }).send(emailGroup(2))).toMatchObject([
      { class: 'account', code: 'starttls_missing' },
      { class: 'account', code: 'starttls_missing' },
    ]);
    expect(server.commands.filter((line) => !line.startsWith('EHLO'))).toEqual([]);
  });

  it('opportunistic sends no password in clear', async () => {
    const server = await scripted({}, { extensions: ['AUTH PLAIN LOGIN'] });
    const results = await open(server.port, { security: 'opportunistic', auth }).send(emailGroup(1));
    expect(results).toMatchObject([{ class: 'account', code: 'auth_unavailable' }]);
    expect(server.commands.some((line) => line.startsWith('AUTH'))).toBe(false);
  });

  it('answers smuggled in before the TLS handshake are not believed', async () => {
    const smuggle = ({ socket }: { socket: import('node:net').Socket }) => socket.write('220 go\r\n250 injected\r\n');
    const server = await scripted({ starttls: smuggle }, { extensions: ['STARTTLS'] });
    expect(await open(server.port, {}).send(emailGroup(1))).toMatchObject([
      { class: 'provider', code: 'protocol_error' },
    ]);
  });

  it('a server that refuses STARTTLS for now is a provider error', async () => {
    const refuse = ({ socket }: { socket: import('node:net').Socket }) => socket.write('454 4.7.0 not now\r\n');
    const server = await scripted({ starttls: refuse }, { extensions: ['STARTTLS'] });
    expect(await open(server.port, {}).send(emailGroup(1))).toMatchObject([
      { class: 'provider', code: 'starttls_refused' },
    ]);
  });
});

describe('no connection at all', () => {
  it('a refused connection and an unknown host are definite provider errors', async () => {
    const server = await startScriptedSmtp({});
    await server.close();
    expect(await open(server.port, {}).send(emailGroup(3))).toMatchObject(
      Array(3).fill({ outcome: 'rejected', class: 'provider', retryable: true, code: 'connection_refused' }),
    );
    const nowhere = new SmtpChannel({ host: 'relay.invalid', port: 25, security: 'none' });
    closers.unshift(() => nowhere.close());
    expect(await nowhere.send(emailGroup(1))).toMatchObject([{ class: 'provider', code: 'dns_failed' }]);
  });
});
