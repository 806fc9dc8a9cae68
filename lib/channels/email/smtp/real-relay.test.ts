import { SMTPServer } from 'smtp-server';
import { afterAll, describe, expect, it, vi } from 'vitest';
import { emailMessage } from '@/lib/channels/testing/email-message';
import { installedRelays, type RelayKind, startRealRelay } from '@/lib/channels/testing/real-relay';
import { SmtpChannel } from './smtp-channel';

const stops: (() => Promise<void>)[] = [];
afterAll(async () => {
  for (const stop of stops.reverse()) await stop();
});

/** Where the relay hands its mail on to: keeps the body of every message it takes. */
async function startMailbox(): Promise<{ port: number; bodies: string[] }> {
  const bodies: string[] = [];
  const server = new SMTPServer({
    disabledCommands: ['AUTH', 'STARTTLS'],
    logger: false,
    onData(stream, _session, done) {
      const chunks: Buffer[] = [];
      stream.on('data', (chunk: Buffer) => chunks.push(chunk));
      stream.on('end', () => {
        const text = Buffer.concat(chunks).toString('utf8');
        bodies.push(text.slice(text.indexOf('\r\n\r\n') + 4));
        done();
      });
    },
  });
  const listening = server.listen(0, '127.0.0.1');
  await new Promise((resolve) => listening.once('listening', resolve));
  stops.push(() => new Promise((resolve) => server.close(() => resolve())));
  return { port: (listening.address() as { port: number }).port, bodies };
}

const COUNT = 60;

function bodyOf(n: number): string {
  return [
    `Number ${n}.`,
    '.',
    '..two dots',
    '.a line that begins with one',
    'Grüße, 日本',
    'x'.repeat(900),
    'End.',
  ].join('\r\n');
}

function messageOf(n: number, to: string) {
  const head = [
    'From: Shop <news@sender.example>',
    `To: ${to}`,
    `Message-ID: <d.${n}@sender.example>`,
    'Subject: News',
  ];
  const type = ['MIME-Version: 1.0', 'Content-Type: text/plain; charset=utf-8', 'Content-Transfer-Encoding: 8bit'];
  // dots are stuffed where messages are made, once for all of a version
  const stuffed = bodyOf(n).replace(/^\./gm, '..');
  return emailMessage(n, { to, mime: [...head, ...type, '', stuffed, ''].join('\r\n') });
}

async function carries(kind: RelayKind): Promise<void> {
  const mailbox = await startMailbox();
  const relay = await startRealRelay(kind, mailbox.port);
  stops.push(relay.stop);
  const channel = new SmtpChannel({ host: '127.0.0.1', port: relay.port, security: 'none', connections: 4 });
  stops.push(() => channel.close());
  const messages = Array.from({ length: COUNT }, (_, i) => messageOf(i + 1, `person${i + 1}@recipient.example`));
  messages.splice(20, 0, messageOf(1001, 'nobody@recipient.example'));
  messages.splice(40, 0, messageOf(1002, 'busy@recipient.example'));
  const results = await channel.send({ idempotencyKey: 'real', messages });
  const others = results.filter((_, i) => i !== 20 && i !== 40);
  expect(new Set(others.map(({ outcome }) => outcome))).toEqual(new Set(['accepted']));
  expect(results[20]).toMatchObject({ outcome: 'rejected', code: expect.stringContaining('550') });
  expect(results[40]).toMatchObject({ outcome: 'rejected', code: expect.stringMatching(/45\d/) });
  await vi.waitFor(() => expect(mailbox.bodies.length).toBeGreaterThanOrEqual(COUNT), {
    timeout: 120_000,
    interval: 100,
  });
  const expected = Array.from({ length: COUNT }, (_, i) => `${bodyOf(i + 1)}\r\n`);
  expect([...mailbox.bodies].sort()).toEqual(expected.sort());
}

// which of them a machine has is its owner's business; where there is none, nothing is claimed
const relays = installedRelays();
describe.runIf(relays.length > 0)('a real relay', () => {
  it.each(relays)('%s takes every message once, byte for byte, and refuses whom it refuses', carries, 240_000);
});
