import { createHmac } from 'node:crypto';
import { currentSecret, deriveKey } from '@/lib/features/secrets/keys';

/** The keyed digest under which an address stays suppressed after the address itself was erased. */
export function addressHash(workspaceId: string, channel: 'email' | 'sms', address: string): string {
  return createHmac('sha256', deriveKey('suppressed-address', currentSecret()))
    .update(`${workspaceId}\n${channel}\n${address}`)
    .digest('base64url');
}
