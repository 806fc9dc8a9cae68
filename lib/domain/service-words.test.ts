import { describe, expect, it } from 'vitest';
import type { MessageLine, Planned } from './service-history';
import { historySentence, plannedSentence, sentenceText, stepSentence } from './service-words';

const at = '2026-05-03T10:04:00.000Z';
const clock = (moment: string) => moment.slice(11, 16);
const MESSAGE: MessageLine = {
  kind: 'message',
  id: '1',
  at,
  channel: 'email',
  deliveryId: 'dlv_1',
  campaign: 'iPhone launch',
  step: 'Mail',
  state: 'accepted',
  error: null,
  skipReason: null,
  deliveredAt: null,
  openedAt: null,
  clickedAt: null,
  bouncedAt: null,
  bounceType: null,
  complainedAt: null,
  openedBy: null,
  clickedBy: null,
  resendOf: null,
  resolution: null,
};
const told = (change: Partial<MessageLine>) => sentenceText(historySentence({ ...MESSAGE, ...change }), clock);

describe('a message in the history', () => {
  it('says everything that became of it', () => {
    const delivered = { deliveredAt: '2026-05-03T10:05:00.000Z', openedAt: '2026-05-03T10:06:00.000Z' };
    expect(told({ ...delivered, openedBy: 'machine' })).toBe(
      'Email iPhone launch accepted 10:04, delivered 10:05, opened 10:06 (probably by a machine).',
    );
    expect(told({ ...delivered, openedBy: 'person', complainedAt: '2026-05-03T11:00:00.000Z' })).toBe(
      'Email iPhone launch accepted 10:04, delivered 10:05, opened 10:06, marked as spam 11:00.',
    );
    expect(told({ bouncedAt: '2026-05-03T10:05:00.000Z', bounceType: 'hard' })).toContain('does not take mail');
  });

  it('says why it was not sent, in words', () => {
    expect(told({ state: 'failed', error: { class: 'recipient', code: '550 5.1.1', text: 'no' } })).toBe(
      'Email iPhone launch failed: the mailbox does not exist.',
    );
    expect(told({ state: 'skipped', skipReason: 'global_opt_out', channel: 'sms' })).toBe(
      'SMS iPhone launch was not sent: opted out of this channel.',
    );
    expect(told({ state: 'expired' })).toContain('its turn came after');
    expect(told({ state: 'cancelled' })).toContain('the run was cancelled');
  });

  it('never calls a doubt an outcome', () => {
    const error = { class: null, code: 'data_end_timeout', text: 'x' };
    expect(told({ state: 'in_doubt', error })).toMatch(
      /may or may not have been sent on 10:04: .* did not answer in time\./,
    );
    expect(told({ state: 'superseded', error })).toMatch(/It was sent again\.$/);
    expect(told({ resolution: 'assumed by Mei' })).toContain('is taken as sent since');
  });

  it('says that it repeats another', () => {
    expect(told({ resendOf: 'dlv_0' })).toBe('Email iPhone launch, sent again, accepted 10:04.');
  });
});

describe('what is planned', () => {
  const planned: Planned = {
    runId: 'run_1',
    campaignId: 'cmp_1',
    campaign: 'Trade-in',
    at,
    also: [],
    event: null,
    paused: false,
    messages: ['email', 'sms', 'sms'],
    verdict: 'will_receive',
    reason: null,
    sources: [{ kind: 'segment', name: 'Pro', because: ['Plan is “Pro”'] }],
    optOut: null,
  };
  const say = (change: Partial<Planned>) => sentenceText(plannedSentence({ ...planned, ...change }), clock);

  it('is told with its reason', () => {
    expect(say({})).toBe('Will receive Trade-in by email and SMS on 10:04: in the segment “Pro” (Plan is “Pro”).');
    expect(say({ sources: [{ kind: 'everyone', name: '', because: [] }] })).toContain(': everybody is addressed.');
    expect(say({ verdict: 'left_out', reason: 'global_opt_out', optOut: { at, via: 'preference_page' } })).toBe(
      'Will be left out of Trade-in on 10:04: opted out of this channel on 10:04 on the preference page.',
    );
    expect(say({ verdict: 'not_addressed', reason: null })).toContain('does not address this customer');
    expect(say({ also: [at, at] })).toContain(' on 10:04, 10:04 and 10:04: in the segment');
    expect(say({ at: null, event: 'order.paid' })).toBe(
      'Will receive Trade-in by email and SMS when “order.paid” happens: in the segment “Pro” (Plan is “Pro”).',
    );
    expect(say({ paused: true })).toMatch(/; it is on hold at the moment\.$/);
  });
});

describe('a step under way', () => {
  const step = { name: 'Mail', kind: 'email' as const, at: null, skipReason: null, error: null, deliveryId: null };
  it('says what it waits for', () => {
    const say = (waits: Parameters<typeof stepSentence>[0]['waits']) =>
      sentenceText(stepSentence({ ...step, state: 'queued', waits }), clock);
    expect(say({ why: 'wave', wave: 2 })).toBe('Mail waits for wave 2 to be released');
    expect(say({ why: 'time', until: at })).toBe('Mail waits until 10:04');
    const opens = { at: '09:00', whose: 'contact' as const };
    expect(say({ why: 'hours', until: at, opens })).toBe('Mail waits until 09:00 where the customer is (10:04)');
    expect(say({ why: 'hours', until: at, opens: { ...opens, whose: 'workspace' } })).toBe(
      'Mail waits until 09:00 (10:04)',
    );
    expect(say({ why: 'too_late', until: at })).toContain('will not be sent: the run gives up 10:04');
    expect(say({ why: 'paused' })).toBe('Mail waits because the run is paused');
    expect(say({ why: 'unwanted' })).toBe('Mail will be skipped when its turn comes: opted out');
  });
});
