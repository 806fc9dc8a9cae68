import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import type { ProviderConfig, ProviderKind } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';

/** A provider account as people see it: which secrets are set, never what they are. */
export interface ProviderAccount {
  id: string;
  channel: 'email' | 'sms';
  kind: ProviderKind;
  name: string;
  config: ProviderConfig;
  secretsSet: string[];
  maxPerSecond: number | null;
  sandbox: boolean;
  breakerState: 'closed' | 'open' | 'half_open';
  breakerReason: string | null;
  breakerClass: ErrorClass | null;
  breakerOpenedAt: Date | null;
  breakerRetryAt: Date | null;
  verifiedAt: Date | null;
  createdAt: Date;
  archivedAt: Date | null;
}

async function select({ sql }: Tx, workspaceId: string, id: string | null): Promise<ProviderAccount[]> {
  return await sql<ProviderAccount[]>`
    select id, channel, kind, name, config,
           coalesce((select array_agg(key order by key) from jsonb_object_keys(coalesce(secrets, '{}'::jsonb)) key), '{}') as "secretsSet",
           max_per_second as "maxPerSecond", sandbox, breaker_state as "breakerState", breaker_reason as "breakerReason",
           breaker_class as "breakerClass", breaker_opened_at as "breakerOpenedAt", breaker_retry_at as "breakerRetryAt",
           verified_at as "verifiedAt", created_at as "createdAt", archived_at as "archivedAt"
    from provider_accounts where workspace_id = ${workspaceId} and ${id === null ? sql`archived_at is null` : sql`id = ${id}`}
    order by created_at, id`;
}

/** The workspace's providers in the order they were added, archived ones left out. */
export async function listProviderAccounts(ctx: Ctx): Promise<ProviderAccount[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, (tx) => select(tx, ctx.workspaceId, null));
}

export async function getProviderAccount(ctx: Ctx, id: string): Promise<ProviderAccount> {
  authorise(ctx, 'campaigns.read');
  const [account] = await withTx(ctx, (tx) => select(tx, ctx.workspaceId, id));
  if (!account) throw new AppError('not_found', 'This provider does not exist in this workspace.');
  return account;
}
