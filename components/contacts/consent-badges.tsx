import { Badge, type Tone } from '@/components/ui/badge';

export interface ConsentState {
  emailConsent: 'granted' | 'revoked' | 'unknown';
  smsConsent: 'granted' | 'revoked' | 'unknown';
  emailOptedOutAt: Date | string | null;
  smsOptedOutAt: Date | string | null;
  doNotMarket: boolean;
}

interface Word {
  text: string;
  tone: Tone;
}

/** The word for one channel: an opt-out outranks what was once agreed to. */
export function consentWord(consent: ConsentState['emailConsent'], optedOut: unknown): Word {
  if (optedOut) return { text: 'opted out', tone: 'failed' };
  if (consent === 'granted') return { text: 'granted', tone: 'accepted' };
  return consent === 'revoked' ? { text: 'revoked', tone: 'failed' } : { text: 'unknown', tone: 'neutral' };
}

/** What may be sent to somebody, in two words; `do not market` outranks both. */
export function ConsentBadges({ contact }: { contact: ConsentState }) {
  if (contact.doNotMarket) return <Badge tone="failed">Do not market</Badge>;
  const email = consentWord(contact.emailConsent, contact.emailOptedOutAt);
  const sms = consentWord(contact.smsConsent, contact.smsOptedOutAt);
  return (
    <span className="flex flex-wrap gap-1">
      <Badge tone={email.tone}>Email {email.text}</Badge>
      <Badge tone={sms.tone}>SMS {sms.text}</Badge>
    </span>
  );
}
