import { createHmac, createSecretKey, type KeyObject, timingSafeEqual } from 'node:crypto';
import { acceptedSecrets, currentSecret, deriveKey } from '@/lib/features/secrets/keys';
import { deliveryIdFromPublic } from '@/lib/ids';

export const TOKEN_PURPOSES = ['unsubscribe', 'click', 'receipt', 'bounce'] as const;
export type TokenPurpose = (typeof TOKEN_PURPOSES)[number];

const MAC_BYTES = 12;
const BOUNCE_MAC_BYTES = 13;

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

const keys = new Map<string, KeyObject>();

/** Made once: it costs a fifth of a digest. */
function keyOf(secret: string): KeyObject {
  const known = keys.get(secret);
  if (known) return known;
  const key = createSecretKey(deriveKey('token', secret));
  keys.set(secret, key);
  return key;
}

/**
 * One keyed digest gives the macs of all purposes: cut out of it at different places they tell nothing of each other
 * (HMAC is a pseudo-random function), and a message that carries three of them costs one.
 */
function digestOf(publicId: string, secret: string): Buffer {
  return createHmac('sha512', keyOf(secret)).update(publicId).digest();
}

function macOf(purpose: TokenPurpose, digest: Buffer): string {
  const at = TOKEN_PURPOSES.indexOf(purpose) * MAC_BYTES;
  return purpose === 'bounce'
    ? base32(digest.subarray(at, at + BOUNCE_MAC_BYTES))
    : digest.toString('base64url', at, at + MAC_BYTES);
}

const publicIdOf = (deliveryId: string | bigint | number) => BigInt(deliveryId).toString(36);

/**
 * A compact unforgeable name of a delivery for one purpose: `<id in base 36>.<mac>`, with 96 bits of HMAC-SHA-512
 * (RFC 2104), or 100 bits without upper case for `bounce`. The same delivery always has the same token.
 */
export function signToken(purpose: TokenPurpose, deliveryId: string | bigint | number): string {
  return signTokens([purpose], deliveryId)[purpose];
}

/** The tokens of one delivery for several purposes, for the price of one. */
export function signTokens<P extends TokenPurpose>(
  purposes: readonly P[],
  deliveryId: string | bigint | number,
): Record<P, string> {
  const publicId = publicIdOf(deliveryId);
  const digest = digestOf(publicId, currentSecret());
  const tokens = {} as Record<P, string>;
  for (const purpose of purposes) tokens[purpose] = `${publicId}.${macOf(purpose, digest)}`;
  return tokens;
}

/** The delivery a token of this purpose names, or null. Takes equally long whether the mac is right or wrong. */
export function readToken(purpose: TokenPurpose, token: string): string | null {
  const text = purpose === 'bounce' ? token.toLowerCase() : token;
  const match = /^([1-9a-z][0-9a-z]{0,12}|0)\.([A-Za-z0-9_-]{16,20})$/.exec(text);
  if (!match?.[1] || !match[2]) return null;
  const given = Buffer.from(match[2]);
  for (const secret of acceptedSecrets()) {
    const right = Buffer.from(macOf(purpose, digestOf(match[1], secret)));
    if (right.length === given.length && timingSafeEqual(right, given)) return deliveryIdFromPublic(`dlv_${match[1]}`);
  }
  return null;
}
