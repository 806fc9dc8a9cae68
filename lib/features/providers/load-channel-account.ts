import { pool } from '@/lib/db/client';
import { type ProviderAccountConfig, type ProviderKind, providerConfigSchema } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';
import { openSecrets, type SealedSecrets } from '@/lib/features/providers/provider-secrets';

export interface ChannelAccount extends ProviderAccountConfig {
  id: string;
  workspaceId: string;
  channel: 'email' | 'sms';
  kind: ProviderKind;
  name: string;
  maxPerSecond: number | null;
  sandbox: boolean;
  breakerState: 'closed' | 'open' | 'half_open';
  /** Changes whenever the settings do, so that an opened channel can be told to be out of date. */
  updatedAt: Date;
}

type Row = Omit<ChannelAccount, 'config' | 'secrets'> & { config: unknown; secrets: SealedSecrets | null };

/**
 * A provider account with its secrets opened, ready for `openChannel`. For jobs and signature checks only: nothing of it
 * may reach a person. Throws `not_found`, or `precondition` when a secret cannot be opened.
 */
export async function loadChannelAccount(workspaceId: string, accountId: string): Promise<ChannelAccount> {
  const [row] = await pool()<Row[]>`
    select id, workspace_id as "workspaceId", channel, kind, name, config, secrets, max_per_second as "maxPerSecond",
           sandbox, breaker_state as "breakerState", updated_at as "updatedAt"
    from provider_accounts where workspace_id = ${workspaceId} and id = ${accountId}`;
  if (!row) throw new AppError('not_found', 'This provider does not exist in this workspace.');
  return {
    ...row,
    config: providerConfigSchema.parse(row.config),
    secrets: openSecrets(workspaceId, accountId, row.secrets),
  };
}
