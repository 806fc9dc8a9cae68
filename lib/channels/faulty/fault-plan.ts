import { createHash } from 'node:crypto';
import { z } from 'zod';

/** What can go wrong in an SMTP transaction. `accepted_*` happen after the message is in the ledger. */
export const SMTP_FAULTS = [
  'mail_421',
  'mail_reset',
  'rcpt_450',
  'rcpt_550',
  'data_451',
  'data_reset',
  'body_reset',
  'dot_451',
  'dot_421',
  'dot_552',
  'dot_reset',
  'accepted_reset',
  'accepted_close',
  'accepted_half_reply',
  'accepted_hang',
  'accepted_250_reset',
] as const;
export type SmtpFault = (typeof SMTP_FAULTS)[number];

/** What can go wrong in a request over HTTP, for both dialects. */
export const HTTP_FAULTS = [
  'limit',
  'limit_date',
  'quota',
  'unauthorized',
  'invalid',
  'error_500',
  'error_503',
  'reset',
  'hang',
  'accepted_500',
  'accepted_reset',
  'accepted_hang',
  'accepted_truncated',
  'accepted_html',
  /** Resend only: some messages of a batch are refused, the others accepted. */
  'partial',
] as const;
export type HttpFault = (typeof HTTP_FAULTS)[number];

/** What can go wrong with a submit_sm. */
export const SMPP_FAULTS = [
  'throttled',
  'queue_full',
  'system_error',
  'invalid_destination',
  'reset',
  'accepted_reset',
  'accepted_hang',
  'accepted_unbind',
] as const;
export type SmppFault = (typeof SMPP_FAULTS)[number];

const chance = z.number().min(0).max(1);
const ratesOf = <Name extends string>(names: readonly Name[]) => z.partialRecord(z.enum(names), chance).default({});
const ruleOf = <Name extends string>(names: readonly Name[]) =>
  z
    .array(z.object({ match: z.string().min(1), fault: z.enum(names), times: z.number().int().positive().default(1) }))
    .default([]);

export const faultPlanSchema = z.object({
  smtp: ratesOf(SMTP_FAULTS),
  resend: ratesOf(HTTP_FAULTS),
  twilio: ratesOf(HTTP_FAULTS),
  smpp: ratesOf(SMPP_FAULTS),
  /**
   * Faults for addresses that match (`*` stands for anything), each so many times per address, before any rate. Over SMPP
   * the second part of a long text goes to `<number>#2`.
   */
  smtpScript: ruleOf(SMTP_FAULTS),
  resendScript: ruleOf(HTTP_FAULTS),
  twilioScript: ruleOf(HTTP_FAULTS),
  smppScript: ruleOf(SMPP_FAULTS),
  /** Every answer takes between these. */
  latencyMs: z.tuple([z.number().min(0), z.number().min(0)]).default([0, 0]),
  /** An SMTP connection is closed after so many messages. */
  closeAfterMessages: z.number().int().positive().optional(),
  /** HTTP requests per second over both dialects; beyond it 429. */
  requestsPerSecond: z.number().positive().optional(),
  retryAfterSeconds: z.number().int().min(0).default(1),
  /** Accepted SMS are reported with this status: to their status callback, or over SMPP by deliver_sm. */
  receipt: z.enum(['delivered', 'undelivered', 'none']).default('none'),
});
export type FaultPlan = z.infer<typeof faultPlanSchema>;
export type FaultPlanInput = z.input<typeof faultPlanSchema>;

interface Rule {
  match: string;
  fault: string;
  times: number;
}

function matches(pattern: string, address: string): boolean {
  const source = pattern.split('*').map((part) => part.replace(/[\\^$.|?+()[\]{}]/g, '\\$&'));
  return new RegExp(`^${source.join('.*')}$`, 'i').test(address);
}

/**
 * Draws faults so that a seed gives the same faults in any order of arrival: each draw depends on the seed, the name of
 * what is drawn for, and how often that name has come.
 */
export class FaultDice {
  private readonly seed: string;
  private readonly seen = new Map<string, number>();
  private readonly spent = new Map<string, number>();

  constructor(seed: string) {
    this.seed = seed;
  }

  /** In [0, 1). */
  roll(name: string): number {
    const nth = (this.seen.get(name) ?? 0) + 1;
    this.seen.set(name, nth);
    const digest = createHash('sha256').update(`${this.seed}\0${name}\0${nth}`).digest();
    return digest.readUIntBE(0, 6) / 2 ** 48;
  }

  /** The fault this time, or null; with `rates` of 0.02 and 0.03 the first holds below 0.02, the second below 0.05. */
  draw<Fault extends string>(name: string, rates: Partial<Record<Fault, number>>): Fault | null {
    const names = Object.keys(rates) as Fault[];
    if (names.length === 0) return null;
    const rolled = this.roll(name);
    let below = 0;
    for (const fault of names) {
      below += rates[fault] ?? 0;
      if (rolled < below) return fault;
    }
    return null;
  }

  scripted<Fault extends string>(address: string, rules: (Rule & { fault: Fault })[]): Fault | null {
    for (const [index, rule] of rules.entries()) {
      if (!matches(rule.match, address)) continue;
      const key = `${index}\0${rule.match}\0${rule.fault}\0${address}`;
      const used = this.spent.get(key) ?? 0;
      if (used >= rule.times) continue;
      this.spent.set(key, used + 1);
      return rule.fault;
    }
    return null;
  }

  between([least, most]: readonly [number, number], name: string): number {
    return most <= 0 ? 0 : least + (most - least) * this.roll(`latency\0${name}`);
  }
}
