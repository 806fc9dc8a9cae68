import type { SendResult } from '@/lib/channels/channel';
import { retryDelayMs } from '@/lib/domain/backoff';
import type { ClaimedDelivery } from '@/lib/features/deliveries/claim-batch';
import type { Outcome } from '@/lib/features/deliveries/outcome';

export interface JudgeInput {
  delivery: Pick<ClaimedDelivery, 'id' | 'contactId' | 'attempts' | 'attemptsBase'>;
  result: SendResult;
  intentId: string;
  intentAt: Date;
  maxAttempts: number;
  /** The provider honours the group's key for some more time, so the same bytes may be asked for again. */
  mayReplay: boolean;
  /** An earlier answer to this very group never arrived; a rejection now says nothing about that one. */
  earlierUnknown: boolean;
  now: Date;
  random: number;
  retryBaseMs: number;
}

/**
 * Turns one provider answer into what happens to the delivery. `replay` keeps the intent open for the same bytes under
 * the same key; `untouched` leaves the delivery queued because nothing of it was ever sent.
 */
export function judgeResult(input: JudgeInput): Outcome | 'replay' | 'untouched' {
  const { delivery, result, now, intentId, intentAt } = input;
  const { id: deliveryId, contactId } = delivery;
  if (result.outcome === 'accepted') {
    const { providerMessageId, text } = result;
    return { deliveryId, contactId, intentId, intentAt, state: 'accepted', providerMessageId, code: 'ok', text };
  }
  const facts = { deliveryId, contactId, intentId, intentAt };
  const said = { code: result.code, text: result.text };
  if (result.outcome === 'unknown') {
    return input.mayReplay ? 'replay' : { ...facts, ...said, state: 'in_doubt' };
  }
  const aboutUs = result.class === 'provider' || result.class === 'account';
  if (input.earlierUnknown) {
    if (input.mayReplay && (aboutUs || result.retryable)) return 'replay';
    return { ...facts, ...said, state: 'in_doubt' };
  }
  if (result.code === 'not_started') return 'untouched';
  if (aboutUs) {
    const notBefore = new Date(now.getTime() + Math.max(input.retryBaseMs / 6, result.retryAfterMs ?? 0));
    return { ...facts, ...said, state: 'retry', errorClass: result.class, notBefore, free: true };
  }
  const used = delivery.attempts - delivery.attemptsBase + 1;
  if (result.retryable && used < input.maxAttempts) {
    const notBefore = new Date(
      now.getTime() + retryDelayMs(used + 1, input.random, result.retryAfterMs, input.retryBaseMs),
    );
    return { ...facts, ...said, state: 'retry', errorClass: result.class, notBefore, free: false };
  }
  return { ...facts, ...said, state: 'failed', errorClass: result.class, attempted: true };
}
