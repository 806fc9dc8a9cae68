import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { classifyReply, parseQueueId, type SmtpStage } from './classify-reply';
import { ReplyParser, type SmtpReply } from './reply-parser';

const cases: [reply: string, stage: SmtpStage, klass: string, retryable: boolean][] = [
  ['550 5.1.1 <a@b>: Recipient address rejected: User unknown', 'rcpt', 'recipient', false],
  ['550 No such user', 'rcpt', 'recipient', false],
  ['553 5.1.3 bad address syntax', 'rcpt', 'recipient', false],
  ['550 5.2.1 mailbox disabled', 'rcpt', 'recipient', false],
  ['552 5.2.2 mailbox full', 'rcpt', 'recipient', false],
  ['550 5.4.4 no MX or A for host', 'rcpt', 'recipient', false],
  ['550 5.7.17 mailbox owner has changed', 'rcpt', 'recipient', false],
  ['452 4.2.2 mailbox full', 'rcpt', 'recipient', true],
  ['450 4.2.0 greylisted', 'rcpt', 'recipient', true],
  ['451 4.7.1 greylisting in action, come back later', 'rcpt', 'recipient', true],
  ['450 try again', 'rcpt', 'recipient', true],
  ['552 message too large', 'dot', 'content', false],
  ['552 5.3.4 message too big', 'mail', 'content', false],
  ['550 5.6.0 bad MIME', 'dot', 'content', false],
  ['554 message refused', 'dot', 'content', false],
  ['421 4.3.2 shutting down', 'mail', 'provider', true],
  ['452 4.3.1 insufficient system storage', 'mail', 'provider', true],
  ['451 4.4.1 upstream timeout', 'dot', 'provider', true],
  ['454 Throttling failure: Maximum sending rate exceeded.', 'dot', 'provider', true],
  ['450 4.7.28 rate limit reached', 'rcpt', 'provider', true],
  ['454 Throttling failure: Daily message quota exceeded.', 'dot', 'account', true],
  ['530 5.7.0 Authentication required', 'mail', 'account', true],
  ['535 5.7.8 Error: authentication failed', 'mail', 'account', true],
  ['503 5.5.1 must authenticate first', 'mail', 'account', true],
  ['554 5.7.1 Relay access denied', 'rcpt', 'account', true],
  ['554 5.7.1 <a@b.example>: Recipient address rejected: Access denied', 'rcpt', 'recipient', false],
  ['550 5.7.26 This mail is unauthenticated', 'dot', 'account', true],
  ['550 5.7.515 Access denied, sending domain does not meet the required level', 'dot', 'account', true],
  ['554 Message rejected: Email address is not verified.', 'dot', 'account', true],
  ['553 5.1.8 sender domain does not exist', 'mail', 'account', true],
];

function parse(line: string): SmtpReply {
  return { code: Number(line.slice(0, 3)), text: line.slice(4) };
}

describe('whom a refusal is about', () => {
  for (const [line, stage, klass, retryable] of cases) {
    it(`${line} (${stage}) → ${klass}`, () => {
      expect(classifyReply(parse(line), stage)).toMatchObject({ outcome: 'rejected', class: klass, retryable });
    });
  }

  it('asks a greylisted message to wait five minutes or more', () => {
    const result = classifyReply(parse('450 4.7.1 greylisted'), 'rcpt');
    expect(result.retryAfterMs).toBeGreaterThanOrEqual(300_000);
  });

  it('keeps a policy refusal of one recipient from stopping a relay that takes the others', () => {
    const reply = parse('550 5.7.1 blocked by policy');
    expect(classifyReply(reply, 'rcpt', true)).toMatchObject({ class: 'recipient', retryable: true });
    expect(classifyReply(reply, 'rcpt', false)).toMatchObject({ class: 'account' });
    expect(classifyReply(reply, 'dot', true)).toMatchObject({ class: 'account' });
  });

  it('lets one stumble of a relay that takes the others hold up that message and nobody else', () => {
    const reply = parse('451 4.3.0 local error in processing');
    expect(classifyReply(reply, 'dot', true)).toMatchObject({ class: 'internal', retryable: true });
    expect(classifyReply(reply, 'dot', false)).toMatchObject({ class: 'provider', retryable: true });
    expect(classifyReply(reply, 'dot', false).retryAfterMs).toBeUndefined();
    expect(classifyReply(parse('450 4.7.28 rate limit reached'), 'dot', true)).toMatchObject({
      class: 'provider',
      retryAfterMs: 60_000,
    });
  });

  it('holds an account for a minute when a relay asks for a pause, not when it merely hangs up', () => {
    expect(classifyReply(parse('421 4.3.2 going down'), 'mail').retryAfterMs).toBeUndefined();
    expect(classifyReply(parse('421 4.3.2 going down'), 'dot', true)).toMatchObject({ class: 'provider' });
    expect(classifyReply(parse('421 4.7.0 too many connections'), 'mail').retryAfterMs).toBe(60_000);
  });

  it('never says a 4xx is final, nor lets a recipient error of class 5 be retried', () => {
    const stage = fc.constantFrom<SmtpStage>('mail', 'rcpt', 'data', 'dot');
    fc.assert(
      fc.property(fc.integer({ min: 400, max: 599 }), fc.string(), stage, (code, text, at) => {
        const result = classifyReply({ code, text }, at);
        if (code < 500) expect(result.retryable).toBe(true);
        else if (result.class === 'recipient' || result.class === 'content') expect(result.retryable).toBe(false);
      }),
    );
  });
});

describe('queue ids', () => {
  const ids: [string, string | null][] = [
    ['2.0.0 Ok: queued as 4dXk2m0Z1Hz9', '4dXk2m0Z1Hz9'],
    ['OK id=1uXyz2-0003aB-Cd', '1uXyz2-0003aB-Cd'],
    ['Ok 0100018f3c2b1a00-aaaa-bbbb-000000', '0100018f3c2b1a00-aaaa-bbbb-000000'],
    ['2.6.0 <abc@mail.example> [InternalId=1] Queued mail for delivery', 'abc@mail.example'],
    ['thank you', null],
  ];
  for (const [text, id] of ids) it(`${text} → ${id}`, () => expect(parseQueueId(text)).toBe(id));
});

describe('replies', () => {
  it('are the same however the bytes are cut', () => {
    const wire = '220-hello\r\n220 there\r\n250\r\n354 go\n550-5.1.1 a\r\n550 5.1.1 b\r\n';
    const whole: SmtpReply[] = [];
    new ReplyParser().push(wire, (reply) => whole.push(reply));
    expect(whole.map((reply) => reply.code)).toEqual([220, 250, 354, 550]);
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 0, max: wire.length })), (cuts) => {
        const parser = new ReplyParser();
        const seen: SmtpReply[] = [];
        const places = [0, ...cuts.sort((a, b) => a - b), wire.length];
        for (let i = 1; i < places.length; i++) {
          parser.push(wire.slice(places[i - 1], places[i]), (reply) => seen.push(reply));
        }
        expect(seen).toEqual(whole);
        expect(parser.hasPartial).toBe(false);
      }),
    );
  });

  it('that are not SMTP, or change their code, are refused', () => {
    const push = (wire: string) => () => new ReplyParser().push(wire, () => undefined);
    expect(push('hello\r\n')).toThrow();
    expect(push('2500 ok\r\n')).toThrow();
    expect(push('250-a\r\n550 b\r\n')).toThrow();
  });
});
