import { createHash, hkdfSync } from 'node:crypto';
import { env } from '@/lib/env';

const derived = new Map<string, Buffer>();

/** The 256-bit key of one purpose (RFC 5869, HKDF-SHA-256), derived once per process. */
export function deriveKey(purpose: string, secret: string): Buffer {
  const place = `${purpose}\n${secret}`;
  const known = derived.get(place);
  if (known) return known;
  const key = Buffer.from(hkdfSync('sha256', secret, 'waybill', `waybill/${purpose}`, 32));
  derived.set(place, key);
  return key;
}

/** A short public name of a secret's key, so that a record can say which one closed it. */
export function keyId(secret: string): string {
  return createHash('sha256').update(deriveKey('key-id', secret)).digest('hex').slice(0, 12);
}

/** The secret everything new is made with. */
export function currentSecret(): string {
  return env().WAYBILL_SECRET;
}

/** The current secret first, then the one it replaced, if the operator still names it. */
export function acceptedSecrets(): string[] {
  const { WAYBILL_SECRET: current, WAYBILL_SECRET_PREVIOUS: previous } = env();
  return previous ? [current, previous] : [current];
}
