import type { OutcomeType } from '@/lib/domain/outcome';
import type { IncomingOutcome } from '@/lib/features/outcomes/record-outcome';

const TYPES: Record<string, OutcomeType> = {
  accepted: 'accepted',
  queued: 'accepted',
  scheduled: 'accepted',
  sending: 'accepted',
  sent: 'accepted',
  delivered: 'delivered',
  read: 'opened',
};

/** Error codes that say something lasting of the number: unknown, landline, blocked, invalid, opted out. */
const DEAD_NUMBER = new Set(['30004', '30005', '30006', '21211', '21214', '21217', '21610', '21614']);
const OPTED_OUT = '21610';

const MEANING: Record<string, string> = {
  '21610': 'The person replied STOP to this sender',
  '30002': 'The account was suspended while the message waited',
  '30003': 'The handset was off or out of reach',
  '30004': 'The message was blocked',
  '30005': 'The number is unknown or not in service',
  '30006': 'A landline, or a carrier that takes no texts',
  '30007': 'The carrier filtered the message',
  '30008': 'The carrier gave no reason',
};

type Read = Omit<IncomingOutcome, 'workspaceId' | 'providerAccountId'>;

/** What a status callback of Twilio means; null when it is none. The same status of the same message is the same event. */
export function readTwilioStatus(form: URLSearchParams, deliveryId: string | null): Read | null {
  const sid = form.get('MessageSid') ?? form.get('SmsSid');
  const status = (form.get('MessageStatus') ?? form.get('SmsStatus'))?.toLowerCase();
  if (!sid || !status || sid.length > 64 || status.length > 32) return null;
  const code = form.get('ErrorCode') || undefined;
  const isHard = code !== undefined && DEAD_NUMBER.has(code);
  let type = TYPES[status] ?? 'other';
  if (status === 'undelivered') type = isHard ? 'bounced_hard' : 'bounced_soft';
  if (status === 'failed' || status === 'canceled') type = isHard ? 'rejected_hard' : 'rejected_soft';
  const text = form.get('ErrorMessage') ?? (code === undefined ? undefined : MEANING[code]);
  const address = form.get('To') ?? undefined;
  return {
    providerEventId: `${sid}:${status}`,
    type,
    providerAt: null,
    match: { ...(deliveryId === null ? {} : { deliveryId }), providerMessageId: sid, ...(address ? { address } : {}) },
    ...(code === undefined ? {} : { code }),
    ...(text ? { text: text.slice(0, 2000) } : {}),
    ...(code === OPTED_OUT ? { suppressAs: 'unsubscribed' as const } : {}),
    payload: Object.fromEntries(form),
  };
}

/** What carriers and regulators count as a wish to hear no more (47 CFR 64.1200(a)(10), CTIA), in any case or spelling. */
const STOP_WORDS = new Set([
  'STOP',
  'STOPALL',
  'UNSUBSCRIBE',
  'CANCEL',
  'END',
  'QUIT',
  'REVOKE',
  'OPTOUT',
  'REMOVE',
  'ARRET',
  'TD',
]);

/** An answer to a text message that asks to hear no more; null for every other answer. */
export function readTwilioStop(form: URLSearchParams): Read | null {
  const sid = form.get('MessageSid') ?? form.get('SmsSid');
  const from = form.get('From');
  const word = (form.get('Body') ?? '')
    .normalize('NFKD')
    .replace(/[^A-Za-z]/g, '')
    .toUpperCase();
  if (!sid || !from || form.get('SmsStatus') !== 'received' || !STOP_WORDS.has(word)) return null;
  return {
    providerEventId: `${sid}:stop`,
    type: 'unsubscribed',
    providerAt: null,
    match: { address: from },
    text: form.get('Body') ?? '',
    payload: Object.fromEntries(form),
  };
}
