import type { Rejected } from '@/lib/channels/rejected';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import type { SmtpReply } from './reply-parser';

/** The command a refusal answered. */
export type SmtpStage = 'mail' | 'rcpt' | 'data' | 'dot';

const GREYLIST_RETRY_MS = 5 * 60_000;
const PROVIDER_RETRY_MS = 60_000;
const ENHANCED = /^([245])\.(\d{1,3})\.(\d{1,3})(?:\s|$)/;
const RATE = /throttl|rate limit|sending rate|too many (?:connections|messages|emails|requests)|server busy/i;
const QUOTA = /(?:daily|monthly|hourly|sending) (?:message )?(?:quota|limit)|quota exceeded for/i;
const AUTH = /auth(?:entication)? (?:is )?required|must authenticate|credentials/i;
const ACCOUNT = /relay|not verified|not authori[sz]ed|suspended|account (?:is )?disabled|sender (?:address )?rejected/i;
const ABOUT_RECIPIENT =
  /recipient (?:address )?rejected|(?:user|mailbox|recipient|address) (?:unknown|not found|does not exist)/i;
/** RFC 7293 and Exchange: policy codes that speak of this one mailbox, not of us. */
const RECIPIENT_POLICY = new Set([17, 18, 129, 133, 134, 135, 136]);

interface Verdict {
  class: ErrorClass;
  retryable: boolean;
  retryAfterMs?: number;
}

const OWN_FAULT: Verdict = { class: 'account', retryable: true };
const RECIPIENT_GONE: Verdict = { class: 'recipient', retryable: false };
const BAD_CONTENT: Verdict = { class: 'content', retryable: false };
const PROVIDER_DOWN: Verdict = { class: 'provider', retryable: true, retryAfterMs: PROVIDER_RETRY_MS };
/** Something in the relay stumbled without asking for a pause: a short hold, and the breaker if it goes on. */
const HICCUP: Verdict = { class: 'provider', retryable: true };
/** A server that goes down, or has enough of this connection: the next may be welcome at once. */
const LEAVING: Verdict = { class: 'provider', retryable: true };
/** A stumble while other messages pass: a hold of the whole account would cost them more than it. */
const OWN_HICCUP: Verdict = { class: 'internal', retryable: true };
const TRY_LATER: Verdict = { class: 'recipient', retryable: true, retryAfterMs: GREYLIST_RETRY_MS };

function judgeTemporary(code: number, subject: number, detail: number, text: string, stage: SmtpStage): Verdict {
  if (code === 421) return RATE.test(text) ? PROVIDER_DOWN : LEAVING;
  if (QUOTA.test(text) && subject !== 2) return OWN_FAULT;
  if (code === 454 || RATE.test(text)) return PROVIDER_DOWN;
  if (subject === 3 || subject === 4) return code === 452 ? PROVIDER_DOWN : HICCUP;
  if (subject === 1 && (detail === 7 || detail === 8)) return OWN_FAULT;
  if (subject < 0 && code === 452) return PROVIDER_DOWN;
  if (subject < 0 && code === 451 && stage !== 'rcpt') return HICCUP;
  return TRY_LATER;
}

function judgeByStage(code: number, text: string, stage: SmtpStage): Verdict {
  if (code === 552 || code === 523) return BAD_CONTENT;
  if (ACCOUNT.test(text)) return OWN_FAULT;
  if (code >= 500 && code <= 504 && stage !== 'rcpt') return PROVIDER_DOWN;
  if (stage === 'mail') return OWN_FAULT;
  return stage === 'rcpt' ? RECIPIENT_GONE : BAD_CONTENT;
}

function judgePermanent(code: number, subject: number, detail: number, text: string, stage: SmtpStage): Verdict {
  if (code === 530 || code === 534 || code === 535 || code === 538) return OWN_FAULT;
  if (code === 503 && AUTH.test(text)) return OWN_FAULT;
  switch (subject) {
    case 1:
      return detail === 7 || detail === 8 ? OWN_FAULT : RECIPIENT_GONE;
    case 2:
      return detail === 3 ? BAD_CONTENT : RECIPIENT_GONE;
    case 3:
      if (detail === 4) return BAD_CONTENT;
      return stage === 'rcpt' && detail === 0 ? RECIPIENT_GONE : PROVIDER_DOWN;
    case 4:
      return RECIPIENT_GONE;
    case 6:
      return BAD_CONTENT;
    case 7:
      if (RECIPIENT_POLICY.has(detail) || (stage === 'rcpt' && ABOUT_RECIPIENT.test(text))) return RECIPIENT_GONE;
      return OWN_FAULT;
    default:
      return judgeByStage(code, text, stage);
  }
}

function whileOthersPass(judged: Verdict, subject: number, stage: SmtpStage): Verdict {
  if (judged === OWN_FAULT && subject === 7 && stage === 'rcpt') return TRY_LATER;
  return judged === HICCUP ? OWN_HICCUP : judged;
}

/** The text a ledger row keeps of a reply. */
export function replyText(reply: SmtpReply): string {
  return `${reply.code} ${reply.text}`.slice(0, 1000);
}

/**
 * Says whom a complete negative reply is about and whether the same message may be tried again, from the RFC 3463 code
 * first, the RFC 5321 code second and the wording of well-known relays last. A policy refusal of one recipient
 * while `othersPass` is that recipient's, and a stumble of the relay that message's: tried again later, they stop nobody else.
 */
export function classifyReply(reply: SmtpReply, stage: SmtpStage, othersPass = false): Rejected {
  const enhanced = ENHANCED.exec(reply.text);
  const subject = enhanced ? Number(enhanced[2]) : -1;
  const detail = enhanced ? Number(enhanced[3]) : -1;
  const judged =
    reply.code < 500
      ? judgeTemporary(reply.code, subject, detail, reply.text, stage)
      : judgePermanent(reply.code, subject, detail, reply.text, stage);
  const verdict = othersPass ? whileOthersPass(judged, subject, stage) : judged;
  return {
    outcome: 'rejected',
    ...verdict,
    code: enhanced ? `${reply.code} ${enhanced[1]}.${enhanced[2]}.${enhanced[3]}` : String(reply.code),
    text: replyText(reply),
  };
}

const QUEUE_ID = [
  /queued (?:mail for delivery )?as <?([\w.@-]{5,})/i,
  /\bid=([\w.@-]{5,})/i,
  /<([^<>\s]+@[^<>\s]+)>/,
  /^(?:2\.\d\.\d )?ok:? ([\w.-]{8,})/i,
];

/** The relay's own name for an accepted message, when its reply tells one. */
export function parseQueueId(text: string): string | null {
  for (const pattern of QUEUE_ID) {
    const match = pattern.exec(text);
    if (match?.[1]) return match[1];
  }
  return null;
}
