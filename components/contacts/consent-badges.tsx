import { Check, HelpCircle, X } from 'lucide-react';
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
  if (consent === 'granted') return { text: 'given', tone: 'accepted' };
  return consent === 'revoked' ? { text: 'revoked', tone: 'failed' } : { text: 'unknown', tone: 'neutral' };
}

function ChannelBadge({ channel, word }: { channel: string; word: Word }) {
  const Mark = word.tone === 'accepted' ? Check : word.tone === 'failed' ? X : HelpCircle;
  return (
    <span title={`${channel}: ${word.text}`}>
      <Badge tone={word.tone}>
        <Mark aria-hidden="true" strokeWidth={2.5} />
        {channel}
        <span className="sr-only"> {word.text}</span>
      </Badge>
    </span>
  );
}

/** What may be sent to somebody, in two marks; `do not market` outranks both. */
export function ConsentBadges({ contact }: { contact: ConsentState }) {
  if (contact.doNotMarket) return <Badge tone="failed">Do not market</Badge>;
  return (
    <span className="flex flex-wrap gap-1">
      <ChannelBadge channel="Email" word={consentWord(contact.emailConsent, contact.emailOptedOutAt)} />
      <ChannelBadge channel="SMS" word={consentWord(contact.smsConsent, contact.smsOptedOutAt)} />
    </span>
  );
}
