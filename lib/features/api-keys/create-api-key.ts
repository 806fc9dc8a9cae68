import { createHash, randomBytes } from 'node:crypto';
import { actorLabel, authorise, authoriseRecent, type Ctx, may } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { type ApiKeyInput, apiKeyInputSchema, apiKeyPrefix, formatApiKey } from '@/lib/domain/api-key';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { refuseTestKey } from '@/lib/features/api-keys/require-sandbox';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

/** What is kept of a key: its SHA-256. 256 random bits need no slow hash. */
export function apiKeyDigest(key: string): string {
  return createHash('sha256').update(key).digest('hex');
}

/**
 * Makes a key and answers with it, this once only. Nobody gives a key more than they hold themselves, and a test key makes
 * no live one: `forbidden`. An expiry in the past is `invalid`.
 */
export async function createApiKey(ctx: Ctx, input: ApiKeyInput): Promise<{ id: string; key: string; prefix: string }> {
  authorise(ctx, 'keys.manage');
  authoriseRecent(ctx);
  const { name, live, scopes, expiresAt } = parseInput(apiKeyInputSchema, input);
  const beyond = scopes.find((scope) => !may(ctx, scope));
  if (beyond)
    throw new AppError('forbidden', `You do not hold “${beyond}” yourself, so a key cannot. No key was made.`);
  if (live) refuseTestKey(ctx, 'A test key makes test keys only: set “live” to false. No key was made.');
  if (expiresAt && Date.parse(expiresAt) <= Date.now()) {
    const message = 'The key would have expired already.';
    throw new AppError('invalid', `${message} No key was made.`, { issues: [{ path: 'expiresAt', message }] });
  }
  const key = formatApiKey(live, randomBytes(32));
  const id = newId('apiKey');
  const prefix = apiKeyPrefix(key);
  const until = expiresAt ? new Date(expiresAt) : null;
  await withTx(ctx, async (tx) => {
    await tx.sql`
      insert into api_keys (id, workspace_id, name, prefix, secret_sha256, live, scopes, created_by, expires_at)
      values (${id}, ${ctx.workspaceId}, ${name}, ${prefix}, ${apiKeyDigest(key)}, ${live},
              ${JSON.stringify([...new Set(scopes)])}::jsonb, ${actorLabel(ctx).name}, ${until})`;
    const data = { name, live, scopes, expiresAt: until?.toISOString() ?? null };
    await recordAudit(tx, ctx, { action: 'api_key.created', subjectType: 'api_key', subjectId: id, data });
  });
  return { id, key, prefix };
}
