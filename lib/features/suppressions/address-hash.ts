import { createHmac } from 'node:crypto';
import { acceptedSecrets, currentSecret, deriveKey } from '@/lib/features/secrets/keys';

export type SuppressionChannel = 'email' | 'sms';

function hashWith(secret: string, channel: SuppressionChannel, address: string): string {
  return createHmac('sha256', deriveKey('address-hash', secret)).update(`${channel}:${address}`).digest('hex');
}

/**
 * The keyed hash (HMAC-SHA-256, hex) under which a normalised address stays recognisable after the address itself was
 * erased. Without WAYBILL_SECRET nobody can try addresses against it.
 */
export function addressHash(channel: SuppressionChannel, address: string): string {
  return hashWith(currentSecret(), channel, address);
}

/** The hashes an address may have been stored under: of the current secret, and of the one it replaced. */
export function addressHashes(channel: SuppressionChannel, address: string): string[] {
  return acceptedSecrets().map((secret) => hashWith(secret, channel, address));
}
