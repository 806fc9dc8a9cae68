import { PROVIDER_SECRETS, type ProviderKind } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';
import { openSecret, sealSecret } from '@/lib/features/secrets/envelope';

export type SealedSecrets = Record<string, unknown>;

function placeOf(workspaceId: string, accountId: string, name: string) {
  return { workspaceId, table: 'provider_accounts', column: `secrets.${name}`, id: accountId };
}

/** Closes the given secrets over the stored ones; null or an empty text removes one. Throws `invalid` for a name the kind has not. */
export function sealSecrets(
  workspaceId: string,
  accountId: string,
  kind: ProviderKind,
  given: Record<string, string | null>,
  stored: SealedSecrets = {},
): SealedSecrets {
  const known: Record<string, unknown> = PROVIDER_SECRETS[kind];
  const sealed = { ...stored };
  for (const [name, value] of Object.entries(given)) {
    if (!Object.hasOwn(known, name)) {
      throw new AppError('invalid', `Nothing was saved. This provider has no secret called “${name}”.`, {
        issues: [{ path: `secrets.${name}`, message: 'is not a secret of this provider' }],
      });
    }
    if (value === null || value === '') delete sealed[name];
    else sealed[name] = sealSecret(placeOf(workspaceId, accountId, name), value);
  }
  return sealed;
}

/** Opens every stored secret of one account. Only code that sends or checks a signature calls this. */
export function openSecrets(
  workspaceId: string,
  accountId: string,
  sealed: SealedSecrets | null,
): Record<string, string> {
  return Object.fromEntries(
    Object.entries(sealed ?? {}).map(([name, value]) => [
      name,
      openSecret(placeOf(workspaceId, accountId, name), value),
    ]),
  );
}
