import { afterEach, describe, expect, it } from 'vitest';
import { emailGroup, emailMessage } from '@/lib/channels/testing/email-message';
import {
  type Script,
  type ScriptedOptions,
  type ScriptedSmtp,
  startScriptedSmtp,
} from '@/lib/channels/testing/scripted-smtp';
import { SmtpChannel } from './smtp-channel';
import type { SmtpOptions } from './smtp-options';

let server: ScriptedSmtp;
let channel: SmtpChannel;

async function open(script: Script, options: Partial<SmtpOptions> = {}, scripted: ScriptedOptions = {}) {
  server = await startScriptedSmtp(script, scripted);
  channel = new SmtpChannel({ host: '127.0.0.1', port: server.port, security: 'none', connections: 1, ...options });
}

afterEach(async () => {
  await channel.close();
  await server.close();
});

const outcomes = (results: { outcome: string }[]) => results.map((result) => result.outcome);
/** Which message each accepted body was. */
const delivered = () => server.accepted.map((mime) => Number(/d\.(\d+)@/.exec(mime)?.[1])).sort((a, b) => a - b);

describe('envelopes', () => {
  it('falls back to HELO and then does not pipeline', async () => {
    await open({ ehlo: ({ socket }) => socket.write('502 5.5.1 what?\r\n') || true });
    expect(outcomes(await channel.send(emailGroup(2)))).toEqual(['accepted', 'accepted']);
    expect(server.commands.slice(0, 2).map((line) => line.slice(0, 4))).toEqual(['EHLO', 'HELO']);
  });

  it('declares SIZE, and does not offer a message the server cannot take', async () => {
    await open({}, {}, { extensions: ['PIPELINING', 'SIZE 3000'] });
    const small = emailMessage(1);
    const large = emailMessage(2, { mime: `Subject: x\r\n\r\n${'z'.repeat(3000)}\r\n` });
    const results = await channel.send({ idempotencyKey: 'k', messages: [large, small] });
    expect(results).toMatchObject([
      { class: 'content', code: 'message_too_large', retryable: false },
      { outcome: 'accepted' },
    ]);
    expect(server.commands).toContain(`MAIL FROM:<b+1@bounce.sender.example> SIZE=${small.mime?.length}`);
  });

  it('asks for SMTPUTF8 only for a local part that needs it', async () => {
    await open({}, {}, { extensions: ['PIPELINING', 'SMTPUTF8', '8BITMIME'] });
    await channel.send({
      idempotencyKey: 'k',
      messages: [emailMessage(1, { to: 'anna@bücher.example' }), emailMessage(2, { to: 'jürgen@bücher.example' })],
    });
    const [plain, international] = server.commands.filter((line) => line.startsWith('MAIL'));
    expect(plain).not.toContain('SMTPUTF8');
    expect(server.commands).toContain('RCPT TO:<anna@xn--bcher-kva.example>');
    expect(international).toContain('SMTPUTF8');
    expect(server.commands).toContain(`RCPT TO:<${Buffer.from('jürgen').toString('latin1')}@xn--bcher-kva.example>`);
  });

  it('rejects an international address definitely where the server lacks SMTPUTF8', async () => {
    await open({});
    const results = await channel.send(emailGroup(1, { to: 'jürgen@example.com' }));
    expect(results).toMatchObject([{ class: 'recipient', retryable: false, code: 'smtputf8_unsupported' }]);
  });

  it('never lets an address or a body smuggle a command', async () => {
    await open({});
    const results = await channel.send({
      idempotencyKey: 'k',
      messages: [
        emailMessage(1, { to: 'a@b.example>\r\nRCPT TO:<c@d.example' }),
        emailMessage(2, { mime: 'Subject: x\r\n\r\nhello\r\n.\r\nMAIL FROM:<x@y.example>\r\n' }),
        emailMessage(3, { mime: 'Subject: x\n\nhello\n.\nbye\r\n' }),
        emailMessage(4, { mime: 'Subject: x\r\n\r\nno line end' }),
        emailMessage(5, { mime: 'Subject: d.5@\r\n\r\n..stuffed\r\n' }),
      ],
    });
    expect(results.map((result) => ('code' in result ? result.code : result.outcome))).toEqual([
      'invalid_address',
      'malformed_mime',
      'malformed_mime',
      'malformed_mime',
      'accepted',
    ]);
    expect(delivered()).toEqual([5]);
  });

  it('carries non-ASCII bytes as UTF-8 where 8BITMIME is offered, and refuses where it is not', async () => {
    await open({}, {}, { extensions: ['PIPELINING', '8BITMIME'] });
    const mime = 'Subject: x\r\n\r\nGrüße d.1@\r\n';
    await channel.send(emailGroup(1, { mime }));
    expect(Buffer.from(server.accepted[0] ?? '', 'latin1').toString('utf8')).toBe(mime);
    await channel.close();
    await server.close();
    await open({}, {}, { extensions: ['PIPELINING'] });
    expect(await channel.send(emailGroup(1, { mime }))).toMatchObject([
      { class: 'content', code: '8bitmime_unsupported' },
    ]);
  });
});
