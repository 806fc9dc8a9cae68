import { z } from 'zod';
import { authorise, authoriseRecent, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { providerConfigSchema } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import {
  refuseForbiddenHost,
  refuseMissing,
  secretsInputSchema,
} from '@/lib/features/providers/create-provider-account';
import { type SealedSecrets, sealSecrets } from '@/lib/features/providers/provider-secrets';

export const updateProviderAccountSchema = z.object({
  id: z.string(),
  name: z.string().trim().min(1).max(80).optional(),
  config: providerConfigSchema.optional(),
  /** Only the named secrets change; null removes one. */
  secrets: secretsInputSchema.default({}),
  maxPerSecond: z.number().min(0.1).max(100_000).nullable().optional(),
});

interface Row {
  config: unknown;
  secrets: SealedSecrets | null;
  maxPerSecond: number | null;
}

/**
 * Changes a provider account; channels opened before keep their old settings until they are opened again. The kind stays.
 * Throws `not_found`, `invalid`.
 */
export async function updateProviderAccount(
  ctx: Ctx,
  input: z.input<typeof updateProviderAccountSchema>,
): Promise<void> {
  authorise(ctx, 'providers.manage');
  authoriseRecent(ctx);
  const { id, name, secrets, ...given } = parseInput(updateProviderAccountSchema, input);
  await withTx(ctx, async (tx) => {
    const [row] = await tx.sql<Row[]>`
      select config, secrets, max_per_second as "maxPerSecond" from provider_accounts
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null for update`;
    if (!row) throw new AppError('not_found', 'This provider does not exist in this workspace.');
    const before = providerConfigSchema.parse(row.config);
    const config = given.config ?? before;
    if (config.kind !== before.kind) {
      throw new AppError('invalid', 'Nothing was saved. A provider keeps its kind; add another one instead.');
    }
    if (given.config) refuseForbiddenHost(config);
    const sealed = sealSecrets(ctx.workspaceId, id, config.kind, secrets, row.secrets ?? {});
    refuseMissing(config, sealed);
    const maxPerSecond = given.maxPerSecond === undefined ? row.maxPerSecond : given.maxPerSecond;
    await tx.sql`
      update provider_accounts set name = coalesce(${name ?? null}, name), config = ${JSON.stringify(config)}::jsonb,
        secrets = ${JSON.stringify(sealed)}::jsonb, max_per_second = ${maxPerSecond}, updated_at = now(),
        verified_at = case when ${given.config !== undefined || Object.keys(secrets).length > 0} then null else verified_at end
      where workspace_id = ${ctx.workspaceId} and id = ${id}`;
    await recordAudit(tx, ctx, {
      action: 'provider_account.updated',
      subjectType: 'provider_account',
      subjectId: id,
      data: { name, config: given.config, secretsReplaced: Object.keys(secrets), maxPerSecond: given.maxPerSecond },
    });
  });
}
