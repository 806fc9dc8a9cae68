/**
 * The states of a delivery. `claimed` and `sending` are not stored: a queued delivery whose batch is leased is claimed,
 * one with an open intent is sending. `superseded` is an in-doubt delivery that a person chose to send again; the new
 * delivery takes its place in every count.
 */
export const DELIVERY_STATES = [
  'queued',
  'accepted',
  'failed',
  'skipped',
  'in_doubt',
  'cancelled',
  'expired',
  'superseded',
] as const;
export type DeliveryState = (typeof DELIVERY_STATES)[number];

/** Every legal change of state; code, the database trigger and the property test read this one table. */
export const DELIVERY_TRANSITIONS: Record<DeliveryState, readonly DeliveryState[]> = {
  queued: ['accepted', 'failed', 'skipped', 'in_doubt', 'cancelled', 'expired'],
  // accepted is final for dispatch: what the provider took is never sent again
  accepted: [],
  // a person pressed Retry, or evidence arrived after all
  failed: ['queued', 'accepted'],
  // the earlier step it waited for was accepted after all, or the message for which it stood back was not sent; nothing
  // else reopens a skip
  skipped: ['queued'],
  in_doubt: ['accepted', 'failed', 'superseded'],
  // a worker that had it on the wire reports acceptance: evidence beats everything
  cancelled: ['accepted'],
  expired: ['accepted'],
  // the delivery that replaced it is the one that counts
  superseded: [],
};

export function mayBecome(from: DeliveryState, to: DeliveryState): boolean {
  return DELIVERY_TRANSITIONS[from].includes(to);
}

/**
 * The wave of a message that a person sent again although it had its outcome: it goes beside the run, in none of its
 * counts, and takes nobody to a next step.
 */
export const RESENT_WAVE = 0;

/** Why a contact of the lists is not in the audience. The order is the order of the waterfall. */
export const EXCLUSION_REASONS = [
  'erased',
  'exclude_list',
  'do_not_market',
  'global_opt_out',
  'unsubscribed_from_list',
  'consent_revoked',
  'consent_missing',
  'suppressed_complaint',
  'suppressed_bounce',
  'suppressed_manual',
  'bounce_limit',
  'no_address',
  'invalid_address',
  'already_reached',
  'frequency_cap',
  'holdout',
  'duplicate_address',
] as const;
export type ExclusionReason = (typeof EXCLUSION_REASONS)[number];

/** Why a delivery of somebody in the audience was not attempted. */
export const SKIP_REASONS = [
  ...EXCLUSION_REASONS,
  'previous_step_failed',
  'previous_step_skipped',
  'previous_step_in_doubt',
  'previous_step_cancelled',
  'condition_not_met',
  'quiet_hours',
] as const;
export type SkipReason = (typeof SKIP_REASONS)[number];

/** Skips that end when the step before them is accepted after all. */
export const REVIVABLE_SKIPS = [
  'previous_step_failed',
  'previous_step_skipped',
  'previous_step_in_doubt',
  'previous_step_cancelled',
] as const satisfies readonly SkipReason[];

export const REASON_LABELS: Record<SkipReason, string> = {
  erased: 'Erased on request',
  exclude_list: 'On an exclude list or segment',
  do_not_market: 'Marked “do not market”',
  global_opt_out: 'Opted out of this channel',
  unsubscribed_from_list: 'Unsubscribed from the list',
  consent_revoked: 'Consent revoked',
  consent_missing: 'No consent recorded',
  suppressed_complaint: 'Complained about an earlier message',
  suppressed_bounce: 'Address bounced',
  suppressed_manual: 'Suppressed by hand',
  bounce_limit: 'Too many bounces',
  no_address: 'No address for this channel',
  invalid_address: 'Address is not valid',
  already_reached: 'Already received this campaign',
  frequency_cap: 'Frequency cap reached',
  holdout: 'In the holdout group',
  duplicate_address: 'Same address as another contact',
  previous_step_failed: 'An earlier step failed',
  previous_step_skipped: 'An earlier step was skipped',
  previous_step_in_doubt: 'An earlier step is in doubt',
  previous_step_cancelled: 'An earlier step was cancelled',
  condition_not_met: 'Condition not met',
  quiet_hours: 'Outside the allowed hours',
};
