/** Why an address is never sent to, as a label. */
export const REASON_WORDS = {
  bounce: 'Does not take mail',
  complaint: 'Marked a message as spam',
  manual: 'By hand',
  unsubscribed: 'Unsubscribed',
  erased: 'Erased on request',
} as const;
export type SuppressionReason = keyof typeof REASON_WORDS;
export const SUPPRESSION_REASONS = Object.keys(REASON_WORDS) as [SuppressionReason, ...SuppressionReason[]];

export const CHANNEL_WORDS = { email: 'Email', sms: 'SMS' } as const;
