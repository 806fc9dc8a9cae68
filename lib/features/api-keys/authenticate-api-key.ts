import { pool } from '@/lib/db/client';
import { isApiKey } from '@/lib/domain/api-key';
import { apiKeyDigest } from '@/lib/features/api-keys/create-api-key';

export interface AuthenticatedKey {
  id: string;
  workspaceId: string;
  name: string;
  live: boolean;
  scopes: string[];
}

/**
 * The key behind a secret, or null if there is none, or it was revoked or has expired: read anew each time, so that
 * revoking works at once. Text whose checksum is wrong never reaches the database. Notes the use, to the minute.
 */
export async function authenticateApiKey(secret: string): Promise<AuthenticatedKey | null> {
  if (!isApiKey(secret)) return null;
  const [key] = await pool()<(AuthenticatedKey & { stale: boolean })[]>`
    select id, workspace_id as "workspaceId", name, live, scopes,
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
