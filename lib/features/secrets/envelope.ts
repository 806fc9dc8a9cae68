import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { AppError } from '@/lib/errors';
import { acceptedSecrets, currentSecret, deriveKey, keyId } from '@/lib/features/secrets/keys';

/** The one row a sealed secret belongs to; it opens nowhere else. */
export interface SecretPlace {
  workspaceId: string;
  table: string;
  column: string;
  id: string;
}

const sealedSchema = z.strictObject({
  v: z.literal(1),
  kid: z.string(),
  key: z.string(),
  text: z.string(),
});
export type SealedSecret = z.infer<typeof sealedSchema>;

const IV_BYTES = 12;
const TAG_BYTES = 16;

function placeOf(place: SecretPlace): string {
  return JSON.stringify([place.workspaceId, place.table, place.column, place.id]);
}

function encrypt(key: Buffer, plain: Buffer, aad: string): string {
  const iv = randomBytes(IV_BYTES);
  const cipher = createCipheriv('aes-256-gcm', key, iv).setAAD(Buffer.from(aad));
  const body = Buffer.concat([cipher.update(plain), cipher.final()]);
  return Buffer.concat([iv, body, cipher.getAuthTag()]).toString('base64url');
}

function decrypt(key: Buffer, sealed: string, aad: string): Buffer {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv('aes-256-gcm', key, bytes.subarray(0, IV_BYTES), { authTagLength: TAG_BYTES });
  decipher.setAAD(Buffer.from(aad)).setAuthTag(bytes.subarray(-TAG_BYTES));
  return Buffer.concat([decipher.update(bytes.subarray(IV_BYTES, -TAG_BYTES)), decipher.final()]);
}

function wrapKey(dataKey: Buffer, place: SecretPlace, secret: string): Pick<SealedSecret, 'kid' | 'key'> {
  const kid = keyId(secret);
  return { kid, key: encrypt(deriveKey('key-encryption', secret), dataKey, `${placeOf(place)}\n${kid}`) };
}

function unwrapKey(sealed: SealedSecret, place: SecretPlace): Buffer {
  const secret = acceptedSecrets().find((candidate) => keyId(candidate) === sealed.kid);
  if (!secret) {
    throw new AppError(
      'precondition',
      'A stored secret was closed with another WAYBILL_SECRET. Name that one as WAYBILL_SECRET_PREVIOUS, or enter the secret again in Settings.',
    );
  }
  return decrypt(deriveKey('key-encryption', secret), sealed.key, `${placeOf(place)}\n${sealed.kid}`);
}

/** Runs an opening step and gives every way in which it can fail the same sentence. */
function opening<T>(work: () => T): T {
  try {
    return work();
  } catch (error) {
    if (error instanceof AppError) throw error;
    throw new AppError(
      'precondition',
      'A stored secret cannot be opened: it is damaged or was moved here from another record. Enter it again in Settings.',
      { cause: error },
    );
  }
}

/**
 * Closes a secret for one row: AES-256-GCM (NIST SP 800-38D) under a key of its own, which is itself closed under the
 * key of this installation. Both layers are bound to the row, so that a copy in another row does not open.
 */
export function sealSecret(place: SecretPlace, plaintext: string): SealedSecret {
  const dataKey = randomBytes(32);
  const text = encrypt(dataKey, Buffer.from(plaintext, 'utf8'), placeOf(place));
  return { v: 1, ...wrapKey(dataKey, place, currentSecret()), text };
}

/** Opens what `sealSecret` closed for this very row; throws `precondition` for anything else. */
export function openSecret(place: SecretPlace, sealed: unknown): string {
  return opening(() => {
    const parsed = sealedSchema.parse(sealed);
    return decrypt(unwrapKey(parsed, place), parsed.text, placeOf(place)).toString('utf8');
  });
}

/** Closes the record's own key under the current secret; null when it is already. The text itself is not touched. */
export function rewrapSecret(place: SecretPlace, sealed: unknown): SealedSecret | null {
  return opening(() => {
    const parsed = sealedSchema.parse(sealed);
    if (parsed.kid === keyId(currentSecret())) return null;
    return { ...parsed, ...wrapKey(unwrapKey(parsed, place), place, currentSecret()) };
  });
}
