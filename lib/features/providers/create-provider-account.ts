import { z } from 'zod';
import { refusedHost } from '@/lib/channels/http/guard-address';
import { authorise, authoriseRecent, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { missingSecrets, PROVIDER_CHANNEL, PROVIDER_SECRETS, providerConfigSchema } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { sealSecrets } from '@/lib/features/providers/provider-secrets';
import { newId } from '@/lib/ids';

export const secretsInputSchema = z.record(z.string(), z.string().max(4000).nullable());

export const createProviderAccountSchema = z.object({
  name: z.string().trim().min(1, { error: 'A name is missing.' }).max(80),
  config: providerConfigSchema,
  secrets: secretsInputSchema.default({}),
  maxPerSecond: z.number().min(0.1).max(100_000).nullable().default(null),
  sandbox: z.boolean().default(false),
});

/** Stores a provider account with its secrets sealed; they can be replaced but never read back. Sends nothing. */
export async function createProviderAccount(
  ctx: Ctx,
  input: z.input<typeof createProviderAccountSchema>,
): Promise<{ id: string }> {
  authorise(ctx, 'providers.manage');
  authoriseRecent(ctx);
  const { name, config, secrets, maxPerSecond, sandbox } = parseInput(createProviderAccountSchema, input);
  refuseForbiddenHost(config);
  const id = newId('providerAccount');
  const sealed = sealSecrets(ctx.workspaceId, id, config.kind, secrets);
  refuseMissing(config, sealed);
  await withTx(ctx, async (tx) => {
    await tx.sql`
      insert into provider_accounts (id, workspace_id, channel, kind, name, config, secrets, max_per_second, sandbox)
      values (${id}, ${ctx.workspaceId}, ${PROVIDER_CHANNEL[config.kind]}, ${config.kind}, ${name},
              ${JSON.stringify(config)}::jsonb, ${JSON.stringify(sealed)}::jsonb, ${maxPerSecond}, ${sandbox})`;
    await recordAudit(tx, ctx, {
      action: 'provider_account.created',
      subjectType: 'provider_account',
      subjectId: id,
      data: { name, config, secrets: Object.keys(sealed), maxPerSecond },
    });
  });
  return { id };
}

/** Throws `invalid` while a secret that the provider cannot do without is missing. */
export function refuseMissing(config: z.output<typeof providerConfigSchema>, sealed: Record<string, unknown>): void {
  const present = Object.fromEntries(Object.keys(sealed).map((name) => [name, 'set']));
  const missing = missingSecrets({ config, secrets: present });
  if (missing.length === 0) return;
  const labels: Record<string, { label: string }> = PROVIDER_SECRETS[config.kind];
  const labelOf = (name: string) => labels[name]?.label ?? name;
  throw new AppError('invalid', `Nothing was saved. ${missing.map(labelOf).join(' and ')} is missing.`, {
    issues: missing.map((name) => ({ path: `secrets.${name}`, message: `${labelOf(name)} is missing.` })),
  });
}

/** Throws `invalid` for a host that leads into a private network, unless the operator allows it. */
export function refuseForbiddenHost(config: z.output<typeof providerConfigSchema>): void {
  const field = 'baseUrl' in config ? 'baseUrl' : 'host';
  const host = 'baseUrl' in config ? new URL(config.baseUrl).hostname : config.host;
  const refusal = refusedHost('provider', host);
  if (!refusal) return;
  const message = `${host} ${refusal}. Whoever operates this Waybill allows it with WAYBILL_PROVIDER_PRIVATE_HOSTS.`;
  throw new AppError('invalid', `Nothing was saved. ${message}`, { issues: [{ path: `config.${field}`, message }] });
}
