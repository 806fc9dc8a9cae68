/** What a list of contacts can be narrowed to; `granted` means that a message may go out, by consent and by opt-out. */
export const CONTACT_FILTER_LABELS = {
  email_granted: 'May get email',
  email_unknown: 'Email consent unknown',
  email_revoked: 'Email consent revoked',
  email_opted_out: 'Opted out of email',
  sms_granted: 'May get SMS',
  sms_unknown: 'SMS consent unknown',
  sms_revoked: 'SMS consent revoked',
  sms_opted_out: 'Opted out of SMS',
  do_not_market: 'Do not market',
} as const;
export type ContactFilter = keyof typeof CONTACT_FILTER_LABELS;
export const CONTACT_FILTERS = Object.keys(CONTACT_FILTER_LABELS) as [ContactFilter, ...ContactFilter[]];
