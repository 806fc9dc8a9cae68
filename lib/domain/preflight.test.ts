import { describe, expect, it } from 'vitest';
import { policySchema } from './campaign';
import { newStep } from './campaign-flow';
import { checkLink, type Finding, finishTime, isFreeMailDomain, linksIn, mayLaunch } from './preflight';

describe('links', () => {
  it.each([
    ['https://telco.sg/launch?c=1', null],
    ['mailto:care@telco.sg', null],
    ['tel:+6512345678', null],
    ['http://telco.sg/', 'not_https'],
    ['https://localhost:3000/x', 'own_machine'],
    ['http://192.168.1.4/x', 'own_machine'],
    ['https://[::1]/x', 'own_machine'],
    ['https://staging.internal/x', 'own_machine'],
    ['https://shop.example.com/', 'placeholder'],
    ['https://telco', 'not_a_link'],
    ['https://tel co.sg', 'not_a_link'],
    ['javascript:alert(1)', 'not_a_link'],
    ['mailto:nobody', 'not_a_link'],
  ])('%s: %s', (url, problem) => {
    expect(checkLink(url)).toBe(problem);
  });

  it('are found in a text without the full stop behind them', () => {
    expect(linksIn('See https://telco.sg/a. Or (http://x.sg/b), https://telco.sg/a.')).toEqual([
      'https://telco.sg/a',
      'http://x.sg/b',
    ]);
    expect(linksIn('Order now: shop.telco.sg/a9, e.g. today at 9.30am')).toEqual(['https://shop.telco.sg/a9']);
  });
});

describe('time to finish', () => {
  const flow = [newStep('email', []), newStep('sms', [])];
  const accounts = {
    email_1: { accountId: 'a', maxPerSecond: 10 },
    sms_1: { accountId: 'b', maxPerSecond: null },
  };
  const base = { flow, accounts, audience: 1_000, startAtMs: 0 };

  it('is what the slowest limit needs', () => {
    const finish = finishTime({ ...base, policy: policySchema.parse({}) });
    expect(finish).toMatchObject({ waves: 1, messages: 2_000, totalMs: 100_000 });
    expect(finish.limit).toEqual({ perSecond: 10, by: 'provider' });
    const slower = finishTime({ ...base, policy: policySchema.parse({ maxPerSecond: 5 }) });
    expect(slower).toMatchObject({ totalMs: 400_000, limit: { by: 'campaign' } });
  });

  it('counts the intervals between waves, and the waits in the flow', () => {
    const policy = policySchema.parse({ waveSize: 250, waveIntervalMs: 600_000 });
    expect(finishTime({ ...base, policy })).toMatchObject({ waves: 4, totalMs: 3 * 600_000 + 25_000 });
    const waits = [...flow, newStep('wait', flow)];
    expect(finishTime({ ...base, flow: waits, policy }).totalMs).toBe(3 * 600_000 + 25_000 + 86_400_000);
  });

  it('rests at night, at the beginning of each step and in the middle', () => {
    const nine = { days: [1, 2, 3, 4, 5, 6, 7], from: '09:00', until: '21:00', whose: 'workspace' as const };
    const hours = { workspace: { email: nine, sms: nine }, timeZone: 'Asia/Singapore' };
    const at = (iso: string) => ({ startAtMs: Date.parse(iso), hours });
    const policy = policySchema.parse({});
    // 100 s of work from 20:59 on: 60 s in the evening, 40 s in the morning
    const finish = finishTime({ ...base, policy, ...at('2026-11-20T12:59:00Z') });
    expect(finish.totalMs).toBe(60_000 + 12 * 3_600_000 + 40_000);
    expect(finish.waitingMs).toBe(12 * 3_600_000);
    expect(finishTime({ ...base, policy, ...at('2026-11-20T03:00:00Z') }).totalMs).toBe(100_000);
    const anyTime = policySchema.parse({ hours: { email: 'any', sms: 'any' } });
    expect(finishTime({ ...base, policy: anyTime, ...at('2026-11-20T12:59:00Z') }).totalMs).toBe(100_000);
  });

  it('is open when a person releases the waves', () => {
    const policy = policySchema.parse({ waveSize: 250, waveGate: 'manual' });
    expect(finishTime({ ...base, policy }).totalMs).toBeNull();
  });

  it('is nothing for nobody', () => {
    expect(finishTime({ ...base, audience: 0, policy: policySchema.parse({}) })).toMatchObject({
      waves: 0,
      totalMs: 0,
    });
  });
});

it('a launch needs every warning accepted by its name, and nothing critical', () => {
  const warning: Finding = { level: 'warning', code: 'links', title: 'Links' };
  const note: Finding = { level: 'note', code: 'time', title: 'Time' };
  expect(mayLaunch([note], [])).toBe(true);
  expect(mayLaunch([note, warning], [])).toBe(false);
  expect(mayLaunch([note, warning], ['links'])).toBe(true);
  expect(mayLaunch([{ ...warning, level: 'critical' }], ['links'])).toBe(false);
});

it('knows whose addresses others may not send for', () => {
  expect(isFreeMailDomain('gmail.com')).toBe(true);
  expect(isFreeMailDomain('yahoo.co.uk')).toBe(true);
  expect(isFreeMailDomain('telco.sg')).toBe(false);
});
