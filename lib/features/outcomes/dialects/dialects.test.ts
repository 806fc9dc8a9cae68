import { createHmac } from 'node:crypto';
import { Webhook } from 'standardwebhooks';
import { describe, expect, it } from 'vitest';
import { readResendEvent } from './read-resend-event';
import { readTwilioStatus } from './read-twilio-status';
import { isSignedByTwilio, isSignedWebhook, signedHeaders } from './verify-signature';

const SECRET = `whsec_${Buffer.from('a-secret-of-twenty-four!').toString('base64')}`;
const NOW = new Date('2026-05-01T10:00:00Z');

function signed(body: string, at = NOW, secret = SECRET) {
  return {
    id: 'msg_1',
    timestamp: String(Math.floor(at.getTime() / 1000)),
    signature: new Webhook(secret).sign('msg_1', at, body),
  };
}

describe('a signature of Standard Webhooks', () => {
  it('made by the reference library is taken, under either set of header names', () => {
    const headers = signed('{"a":1}');
    expect(isSignedWebhook(SECRET, headers, '{"a":1}', NOW)).toBe(true);
    for (const prefix of ['svix', 'webhook']) {
      const given = new Headers(Object.entries(headers).map(([name, value]) => [`${prefix}-${name}`, value]));
      expect(signedHeaders(given)).toEqual(headers);
    }
    const rotated = { ...headers, signature: `v1,${Buffer.from('other').toString('base64')} ${headers.signature}` };
    expect(isSignedWebhook(SECRET, rotated, '{"a":1}', NOW)).toBe(true);
  });

  it('is refused for another body, secret, version, time or none at all', () => {
    const headers = signed('{"a":1}');
    const minutes = (n: number) => new Date(NOW.getTime() + n * 60_000);
    expect(isSignedWebhook(SECRET, headers, '{"a":2}', NOW)).toBe(false);
    expect(isSignedWebhook('whsec_b3RoZXI=', headers, '{"a":1}', NOW)).toBe(false);
    expect(isSignedWebhook('', headers, '{"a":1}', NOW)).toBe(false);
    expect(
      isSignedWebhook(SECRET, { ...headers, signature: headers.signature.replace('v1', 'v2') }, '{"a":1}', NOW),
    ).toBe(false);
    expect(isSignedWebhook(SECRET, headers, '{"a":1}', minutes(6))).toBe(false);
    expect(isSignedWebhook(SECRET, headers, '{"a":1}', minutes(-6))).toBe(false);
    expect(isSignedWebhook(SECRET, { ...headers, timestamp: 'soon' }, '{"a":1}', NOW)).toBe(false);
    expect(signedHeaders(new Headers())).toBeNull();
  });
});

describe('a signature of Twilio', () => {
  const form = new URLSearchParams({ MessageStatus: 'delivered', MessageSid: 'SM1', To: '+6580000001' });
  const sign = (url: string) =>
    createHmac('sha1', 'token').update(`${url}MessageSidSM1MessageStatusdeliveredTo+6580000001`).digest('base64');

  it('is taken for the address as it was given, with or without its port', () => {
    const url = new URL('https://waybill.example/api/webhooks/twilio?account=pac_1');
    expect(isSignedByTwilio('token', sign(url.href), url, form)).toBe(true);
    const withPort = 'https://waybill.example:443/api/webhooks/twilio?account=pac_1';
    expect(isSignedByTwilio('token', sign(withPort), url, form)).toBe(true);
    expect(isSignedByTwilio('other', sign(url.href), url, form)).toBe(false);
    expect(isSignedByTwilio('token', sign(`${url.href}2`), url, form)).toBe(false);
    expect(isSignedByTwilio('token', '', url, form)).toBe(false);
  });
});

describe('an event of Resend', () => {
  const event = (type: string, data: object) => readResendEvent({ type, created_at: '2026-05-01T10:00:00Z', data });

  it('names our delivery by its tag, in both shapes in which tags come', () => {
    const asMap = event('email.delivered', {
      email_id: 're_1',
      to: ['Mei <Mei@Example.com>'],
      tags: { waybill_delivery: '4711' },
    });
    expect(asMap).toMatchObject({
      type: 'delivered',
      match: { deliveryId: '4711', providerMessageId: 're_1', address: 'mei@example.com' },
    });
    const asList = event('email.opened', { tags: [{ name: 'waybill_delivery', value: 'dlv_zz' }] });
    expect(asList?.match.deliveryId).toBe('1295');
  });

  it('tells a dead address from a full mailbox', () => {
    const bounce = (type: string) => event('email.bounced', { bounce: { type, subType: 'General', message: 'no' } });
    expect(bounce('Permanent')).toMatchObject({ type: 'bounced_hard', code: 'Permanent.General', text: 'no' });
    expect(bounce('Transient')).toMatchObject({ type: 'bounced_soft' });
    expect(bounce('Undetermined')).toMatchObject({ type: 'bounced_soft' });
  });

  it('of a kind we do not know is kept, and what is no event is refused', () => {
    expect(event('domain.updated', {})?.type).toBe('other');
    for (const wrong of [null, 'x', {}, { type: 5 }]) expect(readResendEvent(wrong)).toBeNull();
  });
});

describe('a status callback of Twilio', () => {
  const read = (fields: Record<string, string>) =>
    readTwilioStatus(new URLSearchParams({ MessageSid: 'SM1', To: '+6580000001', ...fields }), '7');

  it('is the same event when it comes twice', () => {
    expect(read({ MessageStatus: 'delivered' })).toMatchObject({ providerEventId: 'SM1:delivered', type: 'delivered' });
  });

  it('tells a dead number from an unreachable one, and never sent from not delivered', () => {
    expect(read({ MessageStatus: 'undelivered', ErrorCode: '30005' })?.type).toBe('bounced_hard');
    expect(read({ MessageStatus: 'undelivered', ErrorCode: '30003' })?.type).toBe('bounced_soft');
    expect(read({ MessageStatus: 'failed', ErrorCode: '30006' })?.type).toBe('rejected_hard');
    expect(read({ MessageStatus: 'failed' })?.type).toBe('rejected_soft');
    expect(read({ MessageStatus: 'failed', ErrorCode: '21610' })).toMatchObject({ suppressAs: 'unsubscribed' });
  });

  it('without a message or a status is none', () => {
    expect(readTwilioStatus(new URLSearchParams({ MessageSid: 'SM1' }), null)).toBeNull();
    expect(readTwilioStatus(new URLSearchParams({ MessageStatus: 'sent' }), null)).toBeNull();
  });
});
