import { describe, expect, it } from 'vitest';
import { describeInteraction } from './interaction';

const say = (type: string, data: Record<string, unknown> | null = null, campaignName: string | null = 'Launch') => {
  const { before, after, detail } = describeInteraction({ type, campaignName, data });
  const sentence = [before, campaignName && `“${campaignName}”`, after].filter(Boolean).join(' ');
  return detail ? `${sentence} (${detail})` : sentence;
};

describe('a line of history in words', () => {
  it('says what became of a message', () => {
    expect(say('email.accepted')).toBe('Email “Launch” was sent');
    expect(say('sms.delivered')).toBe('SMS “Launch” arrived on the phone');
    expect(say('email.bounced', { bounceType: 'hard', code: '550', text: '5.1.1 unknown' })).toBe(
      'Email “Launch” came back: the address does not take mail (550: 5.1.1 unknown)',
    );
  });
  it('never claims more than is known', () => {
    expect(say('email.in_doubt', { code: 'timeout', text: 'no answer' })).toBe(
      'Email “Launch” may or may not have been sent (timeout: no answer)',
    );
    expect(say('email.accepted', { evidence: 'webhook' })).toMatch(/turned out to have been sent/);
  });
  it('gives the reason for leaving somebody out', () => {
    expect(say('sms.skipped', { reason: 'consent_missing' })).toBe('SMS “Launch” was left out (No consent recorded)');
  });
  it('keeps where a wish was expressed', () => {
    expect(say('email.unsubscribed', { via: 'preference_page' })).toBe(
      'Opted out of email on the preference page, after “Launch”',
    );
    expect(say('sms.consent_granted', { source: 'dashboard' }, null)).toBe('Agreed to SMS (entered by a colleague)');
  });
  it('has words for what it does not know', () => {
    expect(say('service.note_added', { note: 'Called twice' }, null)).toBe('Service note added (Called twice)');
  });
});
