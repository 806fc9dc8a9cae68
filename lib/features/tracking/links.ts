import { readToken, signToken } from '@/lib/features/secrets/tokens';

export interface MessageLinks {
  unsubscribeUrl: string;
  preferencesUrl: string;
  /** A tracked link is `${clickBase}/${index}`. */
  clickBase: string;
  openUrl: string;
}

/**
 * Every link of one message that leads back to us. Two signatures per message: what an image proxy or a forwarded click
 * shows to others can track, but cannot unsubscribe or show preferences.
 */
export function messageLinks(baseUrl: string, deliveryId: string): MessageLinks {
  const base = baseUrl.replace(/\/+$/, '');
  const personal = signToken('unsubscribe', deliveryId);
  const tracking = signToken('click', deliveryId);
  return {
    unsubscribeUrl: `${base}/u/${personal}`,
    preferencesUrl: `${base}/preferences/${personal}`,
    clickBase: `${base}/api/t/c/${tracking}`,
    openUrl: `${base}/api/t/o/${tracking}`,
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
