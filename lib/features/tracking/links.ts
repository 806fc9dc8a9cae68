import { readToken, signToken, signTokens } from '@/lib/features/secrets/tokens';

const LINK_PURPOSES = ['unsubscribe', 'click', 'bounce'] as const;

export interface MessageLinks {
  unsubscribeUrl: string;
  preferencesUrl: string;
  /** A tracked link is `${clickBase}/${index}`. */
  clickBase: string;
  openUrl: string;
}

/**
 * Every link of one message that leads back to us, and its return name. Two signatures for links: what an image proxy or
 * a forwarded click shows to others can track, but cannot unsubscribe or show preferences.
 */
export function messageLinks(baseUrl: string, deliveryId: string): MessageLinks & { bounceToken: string } {
  const base = baseUrl.endsWith('/') ? baseUrl.replace(/\/+$/, '') : baseUrl;
  const { unsubscribe, click, bounce } = signTokens(LINK_PURPOSES, deliveryId);
  return {
    unsubscribeUrl: `${base}/u/${unsubscribe}`,
    preferencesUrl: `${base}/preferences/${unsubscribe}`,
    clickBase: `${base}/api/t/c/${click}`,
    openUrl: `${base}/api/t/o/${click}`,
    bounceToken: bounce,
  };
}

/** Where an SMS provider reports the receipts of this very message. */
export function receiptUrl(baseUrl: string, accountId: string, deliveryId: string): string {
  const query = new URLSearchParams({ account: accountId, receipt: signToken('receipt', deliveryId) });
  return `${baseUrl.replace(/\/+$/, '')}/api/webhooks/twilio?${query}`;
}

/** The delivery a Message-ID of ours names, as a bounce or complaint quotes it; null for any other. */
export function deliveryOfMessageId(messageId: string): string | null {
  const token = /^<?([^@<>\s]+)@[^@<>\s]+>?$/.exec(messageId.trim())?.[1];
  return token ? readToken('bounce', token) : null;
}
