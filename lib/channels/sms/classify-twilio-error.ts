import type { SendResult } from '@/lib/channels/channel';
import { parseRetryAfter } from '@/lib/channels/http/retry-after';
import { refusedForGood, refusedForNow, unknownOutcome } from '@/lib/channels/rejected';

/** Invalid, not mobile, opted out, unroutable, own number, in a region that is not enabled: twilio.com/docs/api/errors */
const RECIPIENT = new Set([21211, 21214, 21217, 21266, 21407, 21408, 21421, 21610, 21612, 21614, 21635, 60200]);
/** Missing, too long, or holding what may not be sent. */
const CONTENT = new Set([21602, 21605, 21617, 21619, 21620, 21622, 21623, 21654, 21655, 21656]);
/** Sender not ours, trial, suspended, daily limits. */
const ACCOUNT = new Set([
  20003, 20005, 20006, 20008, 20404, 21212, 21219, 21601, 21603, 21604, 21606, 21608, 21609, 21615, 21618, 21659, 21660,
  21661, 21701, 21703, 21704, 30002, 63038,
]);
const BUSY = new Set([14107, 20429, 21611, 30001, 30022, 63018]);

/** Says whom a complete negative answer of Twilio is about. 5xx and 408 stay unknown. */
export function classifyTwilioError(
  status: number,
  errorCode: number | null,
  message: string,
  headers: Headers,
): SendResult {
  const code = errorCode === null ? String(status) : String(errorCode);
  const text = `${status} ${message}`;
  if (status >= 500 || status === 408) return unknownOutcome(code, text);
  if (status === 429 || (errorCode !== null && BUSY.has(errorCode))) {
    if (errorCode === 63038) return refusedForNow('account', code, text);
    return refusedForNow('provider', code, text, parseRetryAfter(headers, Date.now()) ?? 1000);
  }
  if (errorCode !== null && RECIPIENT.has(errorCode)) return refusedForGood('recipient', code, text);
  if (errorCode !== null && CONTENT.has(errorCode)) return refusedForGood('content', code, text);
  if (errorCode !== null && ACCOUNT.has(errorCode)) return refusedForNow('account', code, text);
  if (status === 400 || status === 422) return refusedForGood('content', code, text);
  return refusedForNow('account', code, text);
}
