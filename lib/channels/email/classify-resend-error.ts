import type { SendResult } from '@/lib/channels/channel';
import { parseRetryAfter } from '@/lib/channels/http/retry-after';
import { refusedForGood, refusedForNow, unknownOutcome } from '@/lib/channels/rejected';

/** A whole batch was refused because of one message in it. */
export const POISON = Symbol('poison');

const NO_HEADERS = new Headers();
const ABOUT_SENDER = /`?from`? (?:field|address)|domain is not verified|testing emails|verify a domain/i;
const ABOUT_RECIPIENT = /`to`|recipient|email address/i;

function classifyLimit(name: string, text: string, headers: Headers): SendResult {
  const retryAfterMs = parseRetryAfter(headers, Date.now());
  if (/quota/.test(name) || /quota/i.test(text)) return refusedForNow('account', name || '429', text, retryAfterMs);
  return refusedForNow('provider', name || '429', text, retryAfterMs ?? 1000);
}

function classifyConflict(name: string, text: string): SendResult {
  if (name === 'invalid_idempotent_request') return unknownOutcome('payload_drift', text);
  // Another request under this key is being worked on and may yet be accepted: only the same key can tell.
  return unknownOutcome(name || '409', text);
}

function classifyValidation(code: string, text: string): SendResult {
  if (ABOUT_SENDER.test(text)) return refusedForNow('account', code, text);
  return refusedForGood(ABOUT_RECIPIENT.test(text) ? 'recipient' : 'content', code, text);
}

/**
 * Says whom a Resend error is about. 5xx and a conflict of keys stay unknown; with `wholeBatch`, an error that some
 * message of the batch has caused is POISON instead of a verdict on all of them.
 */
export function classifyResendError(status: number, name: string, message: string): SendResult;
export function classifyResendError(
  status: number,
  name: string,
  message: string,
  headers: Headers,
  wholeBatch: boolean,
): SendResult | typeof POISON;
export function classifyResendError(
  status: number,
  name: string,
  message: string,
  headers: Headers = NO_HEADERS,
  wholeBatch = false,
): SendResult | typeof POISON {
  const code = name || String(status);
  const text = `${status} ${message}`;
  if (status === 429) return classifyLimit(name, text, headers);
  if (status === 409) return classifyConflict(name, text);
  if (status === 408 || status === 425 || status >= 500 || status < 300) return unknownOutcome(code, text);
  if (status === 400 || status === 413 || status === 422) {
    const verdict = classifyValidation(code, text);
    return wholeBatch && verdict.outcome === 'rejected' && !verdict.retryable ? POISON : verdict;
  }
  return refusedForNow('account', code, text);
}
