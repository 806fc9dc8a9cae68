const FIRST_DELAY_MS = 5_000;
const MAX_DELAY_MS = 60 * 60_000;

/** A notice that could not be told for this long is given up and shown as failed. */
export const NOTICE_MAX_ATTEMPTS = 60;

/** How long to wait after failed attempt `attempt`: 5 s doubling to an hour, with up to 20 % of jitter; some two days in all. */
export function noticeDelayMs(attempt: number, random: number): number {
  return Math.round(Math.min(FIRST_DELAY_MS * 2 ** Math.max(0, attempt - 1), MAX_DELAY_MS) * (1 + 0.2 * random));
}

/** What a notice says, composed once; a repeated attempt says the same. */
export interface ComposedNotice {
  subject: string;
  html: string;
  text: string;
  /** One or two lines for a phone. */
  short: string;
  /** For machines. */
  data: Record<string, unknown>;
}
