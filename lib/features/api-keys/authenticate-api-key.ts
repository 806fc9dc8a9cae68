import { pool } from '@/lib/db/client';
import { isApiKey } from '@/lib/domain/api-key';
import { apiKeyDigest } from '@/lib/features/api-keys/create-api-key';
import { type AuthenticatedKey, keysOfProcess } from '@/lib/features/api-keys/known-keys';

async function readKey(secret: string): Promise<AuthenticatedKey | null> {
  if (!isApiKey(secret)) return null;
  const [key] = await pool()<(AuthenticatedKey & { stale: boolean })[]>`
    select id, workspace_id as "workspaceId", name, live, scopes, expires_at as "expiresAt",
           coalesce(last_used_at < now() - interval '1 minute', true) as stale
    from api_keys
    where secret_sha256 = ${apiKeyDigest(secret)} and revoked_at is null and (expires_at is null or expires_at > now())`;
  if (!key) return null;
  const { stale, ...found } = key;
  if (stale) {
    await pool()`
      update api_keys set last_used_at = now()
      where id = ${key.id} and (last_used_at is null or last_used_at < now() - interval '1 minute')`;
  }
  return found;
}

/**
 * The key behind a secret, or null if there is none, or it was revoked or has expired. What the database said of a key is
 * believed for a second at most: revoking works at once in the process that does it, and within a second in all others.
 * Text whose checksum is wrong never reaches the database. Notes the use, to the minute.
 */
export function authenticateApiKey(secret: string): Promise<AuthenticatedKey | null> {
  return keysOfProcess().find(secret, readKey);
}
