import type { ProviderKind } from './provider';

/** As people read it. */
export const PROVIDER_NAME: Record<ProviderKind, string> = {
  capture_email: 'Local inbox (email)',
  capture_sms: 'Local inbox (SMS)',
  smtp: 'SMTP relay',
  resend: 'Resend',
  twilio: 'Twilio',
  smpp: 'SMPP operator',
};
