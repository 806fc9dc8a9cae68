import { createHash } from 'node:crypto';
import type { Ctx } from '@/lib/context';
import { pool } from '@/lib/db/client';
import { PERMISSIONS } from '@/lib/domain/role';
import { UnauthenticatedError } from '@/lib/http/problem';

interface KeyRow {
  id: string;
  workspaceId: string;
  name: string;
  live: boolean;
  scopes: string[];
}

/** The `Ctx` of a bearer key. Keys are stored as their digest; a revoked, expired or unknown one gives the same answer. */
export async function apiKeyCtx(authorization: string, requestId: string): Promise<Ctx> {
  const secret = /^Bearer ([\x21-\x7e]{16,200})$/i.exec(authorization)?.[1];
  const digest = createHash('sha256')
    .update(secret ?? '')
    .digest('hex');
  const [key] = secret
    ? await pool()<KeyRow[]>`
        with found as (
          select id, workspace_id, name, live, scopes, last_used_at from api_keys
          where secret_sha256 = ${digest} and revoked_at is null and (expires_at is null or expires_at > now())),
        used as (
          update api_keys k set last_used_at = now() from found f
          where k.id = f.id and (f.last_used_at is null or f.last_used_at < now() - interval '1 minute'))
        select id, workspace_id as "workspaceId", name, live, scopes from found`
    : [];
  if (!key) throw new UnauthenticatedError('This API key is unknown, expired or revoked.');
  const permissions = PERMISSIONS.filter((permission) => key.scopes.includes(permission));
  const actor = { type: 'api_key' as const, keyId: key.id, name: key.name, permissions, live: key.live };
  return { workspaceId: key.workspaceId, requestId, actor };
}
