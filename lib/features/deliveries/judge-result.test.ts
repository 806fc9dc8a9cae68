import { describe, expect, it } from 'vitest';
import type { SendResult } from '@/lib/channels/channel';
import { type JudgeInput, judgeResult } from '@/lib/features/deliveries/judge-result';

const now = new Date('2026-01-01T10:00:00Z');

function judge(result: SendResult, over: Partial<JudgeInput> = {}) {
  return judgeResult({
    delivery: { id: '1', contactId: 'con_1', attempts: 0, attemptsBase: 0 },
    result,
    intentId: '9',
    intentAt: now,
    maxAttempts: 3,
    mayReplay: false,
    earlierUnknown: false,
    now,
    random: 0,
    retryBaseMs: 30_000,
    ...over,
  });
}

const refused: SendResult = { outcome: 'rejected', class: 'recipient', retryable: false, code: '550', text: 'No' };
const later: SendResult = { outcome: 'rejected', class: 'recipient', retryable: true, code: '451', text: 'Later' };
const down: SendResult = { outcome: 'rejected', class: 'provider', retryable: true, code: '503', text: 'Down' };
const silent: SendResult = { outcome: 'unknown', code: 'timeout', text: 'No answer' };

describe('one answer of a provider', () => {
  it('C14: refused after an answer that never came is in doubt, not failed', () => {
    expect(judge(refused, { earlierUnknown: true })).toMatchObject({ state: 'in_doubt' });
    expect(judge(refused, { earlierUnknown: true, mayReplay: true })).toMatchObject({ state: 'in_doubt' });
    expect(judge(refused)).toMatchObject({ state: 'failed', errorClass: 'recipient' });
  });

  it('that is none is replayed while the provider keeps the key, and in doubt otherwise', () => {
    expect(judge(silent, { mayReplay: true })).toBe('replay');
    expect(judge(silent)).toMatchObject({ state: 'in_doubt' });
  });

  it('about the provider spends no attempt, however often it comes', () => {
    const delivery = { id: '1', contactId: 'con_1', attempts: 50, attemptsBase: 50 };
    expect(judge(down, { delivery })).toMatchObject({ state: 'retry', free: true });
  });

  it('to come later is tried again with growing distance until the attempts are used up', () => {
    const tried = (attempts: number) => ({ id: '1', contactId: 'con_1', attempts, attemptsBase: 0 });
    const waits = [0, 1].map((attempts) => {
      const verdict = judge(later, { delivery: tried(attempts) });
      return typeof verdict === 'object' && verdict.state === 'retry' ? verdict.notBefore.getTime() - now.getTime() : 0;
    });
    expect(waits).toEqual([30_000, 60_000]);
    expect(judge(later, { delivery: tried(2) })).toMatchObject({ state: 'failed' });
  });

  it('never undercuts the time a provider asks for', () => {
    const verdict = judge({ ...later, retryAfterMs: 600_000 });
    expect(verdict).toMatchObject({ notBefore: new Date(now.getTime() + 600_000) });
  });

  it('that a message was not started leaves it queued', () => {
    expect(judge({ ...down, code: 'not_started' })).toBe('untouched');
  });
});
