import { createHmac, timingSafeEqual } from 'node:crypto';
import { acceptedSecrets, currentSecret, deriveKey } from '@/lib/features/secrets/keys';
import { deliveryIdFromPublic } from '@/lib/ids';

export const TOKEN_PURPOSES = ['unsubscribe', 'preferences', 'open', 'click', 'view', 'bounce', 'receipt'] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

const BASE32 = 'abcdefghijklmnopqrstuvwxyz234567';

/** 100 bits in lower case: mail systems may fold the case of a return path. */
function base32(bytes: Buffer): string {
  let out = '';
  let bits = 0;
  let held = 0;
  for (const byte of bytes) {
    held = (held << 8) | byte;
    bits += 8;
    while (bits >= 5 && out.length < 20) {
      bits -= 5;
      out += BASE32[(held >> bits) & 31];
    }
    held &= 0xff;
  }
  return out;
}

function mac(purpose: TokenPurpose, publicId: string, secret: string): string {
  const digest = createHmac('sha256', deriveKey(`token/${purpose}`, secret))
    .update(publicId)
    .digest();
  return purpose === 'bounce' ? base32(digest.subarray(0, 13)) : digest.subarray(0, 12).toString('base64url');
}

/**
 * A compact unforgeable name of a delivery for one purpose: `<id in base 36>.<mac>`, with a 96-bit HMAC-SHA-256
 * (RFC 2104), or 100 bits without upper case for `bounce`. The same delivery always has the same token.
 */
export function signToken(purpose: TokenPurpose, deliveryId: string | bigint | number): string {
  const publicId = BigInt(deliveryId).toString(36);
  return `${publicId}.${mac(purpose, publicId, currentSecret())}`;
}

/** The delivery a token of this purpose names, or null. Takes equally long whether the mac is right or wrong. */
export function readToken(purpose: TokenPurpose, token: string): string | null {
  const text = purpose === 'bounce' ? token.toLowerCase() : token;
  const match = /^([1-9a-z][0-9a-z]{0,12}|0)\.([A-Za-z0-9_-]{16,20})$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const given = Buffer.from(match[2]);
  for (const secret of acceptedSecrets()) {
    const right = Buffer.from(mac(purpose, match[1], secret));
    if (right.length === given.length && timingSafeEqual(right, given)) return deliveryIdFromPublic(`dlv_${match[1]}`);
  }
  return null;
}
