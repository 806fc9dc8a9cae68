import { z } from 'zod';

/** What other systems are told; `contact.updated` and the like follow the audit log. */
export const FEED_NOUNS = [
  'contact',
  'list',
  'segment',
  'template',
  'campaign',
  'run',
  'suppression',
  'import',
  'output_table',
];

/** The types people most often want, for a form; any other that occurs may be named too. */
export const COMMON_EVENTS = [
  'run.launched',
  'run.completed',
  'run.paused',
  'run.failed',
  'run.cancelled',
  'run.wave_done',
  'delivery.failed',
  'delivery.in_doubt',
  'contact.unsubscribed',
  'contact.created',
  'contact.updated',
  'contact.erased',
  'suppression.added',
  'campaign.saved',
] as const;

const eventTypeSchema = z
  .string()
  .regex(/^(?:\*|[a-z_]{1,40}\.(?:\*|[a-z_]{1,40}))$/, 'must be like run.completed, run.* or *');

export const webhookInputSchema = z.object({
  url: z.url({ protocol: /^https?$/, error: 'must be an address that begins with https://' }).max(2000),
  /** Exact types, all of a noun (`run.*`) or everything (`*`). */
  eventTypes: z.array(eventTypeSchema).min(1, 'Choose at least one event.').max(50),
  description: z.string().trim().max(200).nullable().optional(),
});
export type WebhookInput = z.input<typeof webhookInputSchema>;

/** Whether an endpoint that asked for `wanted` is told of `type`. */
export function wantsEvent(wanted: readonly string[], type: string): boolean {
  const noun = type.slice(0, type.indexOf('.'));
  return wanted.some((one) => one === '*' || one === type || one === `${noun}.*`);
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;

/** Waits between attempts, as Standard Webhooks advises: some 75 hours in all. */
const RETRY_DELAYS_MS = [
  5 * SECOND,
  5 * MINUTE,
  30 * MINUTE,
  2 * HOUR,
  5 * HOUR,
  10 * HOUR,
  14 * HOUR,
  20 * HOUR,
  24 * HOUR,
];

/** How long the change feed reaches back. */
export const CHANGES_KEPT_DAYS = 30;

/** An endpoint that took nothing for so long is switched off. */
export const FAILING_LIMIT_MS = 5 * 24 * HOUR;

/** How long to wait after failed attempt `attempt`, with up to 20 % of jitter; null when it was the last. */
export function webhookDelayMs(attempt: number, random: number): number | null {
  const delayMs = RETRY_DELAYS_MS[attempt - 1];
  return delayMs === undefined ? null : Math.round(delayMs * (1 + 0.2 * random));
}
