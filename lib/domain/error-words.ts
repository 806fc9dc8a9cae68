import type { DeliveryState } from './delivery';
import { REASON_LABELS, type SkipReason } from './delivery';
import { ANY_CLASS, BY_CLASS, DOUBT, type ErrorWords, type Pattern, words } from './provider-words';

const DOUBT_FIX =
  'Look for them at the provider. Treat them as sent if you find them there; sending again may reach somebody twice.';

/** An error class with its code apart, from the cause a failure is grouped by. */
export function splitCause(cause: string): { errorClass: string; code: string } {
  const at = cause.indexOf(':');
  return at === -1 ? { errorClass: '', code: cause } : { errorClass: cause.slice(0, at), code: cause.slice(at + 1) };
}

function firstMatch(patterns: readonly Pattern[] | undefined, code: string): ErrorWords | undefined {
  return patterns?.find(([matches]) => matches.test(code))?.[1];
}

function isSkipReason(cause: string): cause is SkipReason {
  return Object.hasOwn(REASON_LABELS, cause);
}

const SKIP_FIX: Partial<Record<SkipReason, string>> = {
  previous_step_failed: 'They go on by themselves once the earlier step is retried and accepted.',
  previous_step_in_doubt: 'They go on by themselves once the doubt about the earlier step is settled.',
  previous_step_skipped: 'They go on by themselves if the earlier step is sent after all.',
  previous_step_cancelled: 'The run was cancelled before their turn.',
  condition_not_met: 'The step’s own condition left them out, as designed.',
  no_address: 'Add the address to the contacts; they are reached by the next run.',
};

/** The cause of waiting of those outside the hours in which they may be written to. */
export const OUTSIDE_HOURS = 'outside_hours';

/** A cause of not being sent, in plain words with what to do; every class and code has some. */
export function explainCause(state: DeliveryState, cause: string): ErrorWords {
  if (state === 'queued' && cause === OUTSIDE_HOURS) {
    return words('they wait for the hours in which they may be written to', 'It goes on by itself.', 'pointless');
  }
  if (state === 'expired') {
    return words(
      'their turn came after the time this run may send',
      'Allow a longer send window, and launch it for those not reached.',
      'pointless',
    );
  }
  if (state === 'skipped' || isSkipReason(cause)) {
    const label = isSkipReason(cause) ? REASON_LABELS[cause] : 'Left out when their turn came';
    const fix =
      (isSkipReason(cause) && SKIP_FIX[cause]) || 'They were left out on purpose, between queuing and sending.';
    return words(label.charAt(0).toLowerCase() + label.slice(1), fix, 'pointless');
  }
  const { errorClass, code } = splitCause(cause);
  if (state === 'in_doubt') {
    const found = firstMatch(DOUBT, code || 'x');
    return { what: found?.what ?? 'no complete answer of the provider arrived', fix: DOUBT_FIX, retry: 'after_fix' };
  }
  return (
    firstMatch(BY_CLASS[errorClass], code || 'x') ??
    ANY_CLASS[errorClass] ??
    words('the message was refused', 'Read the answer below, put right what it names, then retry.', 'after_fix')
  );
}

/** The cause as people quote it to a provider: `550 5.1.1`, without our class. */
export function causeCode(cause: string): string {
  return splitCause(cause).code;
}
