import type { ErrorClass } from '@/lib/domain/delivery-error';
import type { SendResult } from './channel';

export type Rejected = Extract<SendResult, { outcome: 'rejected' }>;
export type Unknown = Extract<SendResult, { outcome: 'unknown' }>;

const MAX_TEXT = 1000;

/** A definite "not sent" that another attempt of the same delivery will not mend. */
export function refusedForGood(errorClass: ErrorClass, code: string, text: string): Rejected {
  return { outcome: 'rejected', class: errorClass, retryable: false, code, text: text.slice(0, MAX_TEXT) };
}

/** A definite "not sent" worth another attempt later. */
export function refusedForNow(errorClass: ErrorClass, code: string, text: string, retryAfterMs?: number): Rejected {
  const rejected: Rejected = {
    outcome: 'rejected',
    class: errorClass,
    retryable: true,
    code,
    text: text.slice(0, MAX_TEXT),
  };
  return retryAfterMs === undefined ? rejected : { ...rejected, retryAfterMs };
}

export function unknownOutcome(code: string, text: string): Unknown {
  return { outcome: 'unknown', code, text: text.slice(0, MAX_TEXT) };
}

/** For messages that had not begun to leave when the sender was asked to stop. */
export const NOT_STARTED: Rejected = refusedForNow(
  'internal',
  'not_started',
  'Stopped before this message was on the wire.',
);
