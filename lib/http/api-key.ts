import type { Ctx } from '@/lib/context';
import { PERMISSIONS } from '@/lib/domain/role';
import { authenticateApiKey } from '@/lib/features/api-keys/authenticate-api-key';
import { UnauthenticatedError } from '@/lib/http/problem';

/** The `Ctx` of a bearer key. A revoked, an expired and an unknown key get the same answer. */
export async function apiKeyCtx(authorization: string, requestId: string): Promise<Ctx> {
  const secret = /^Bearer ([\x21-\x7e]{16,200})$/i.exec(authorization)?.[1];
  const key = secret ? await authenticateApiKey(secret) : null;
  if (!key) throw new UnauthenticatedError('This API key is unknown, expired or revoked.');
  const permissions = PERMISSIONS.filter((permission) => key.scopes.includes(permission));
  const actor = { type: 'api_key' as const, keyId: key.id, name: key.name, permissions, live: key.live };
  return { workspaceId: key.workspaceId, requestId, actor };
}
