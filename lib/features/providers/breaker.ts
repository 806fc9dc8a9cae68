import { systemCtx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import type { ErrorClass } from '@/lib/domain/delivery-error';
import { recordAudit } from '@/lib/features/history/record-audit';

export interface BreakerAccount {
  workspaceId: string;
  accountId: string;
}

export interface BreakerOpening extends BreakerAccount {
  class: Extract<ErrorClass, 'provider' | 'account'>;
  /** In words for a person: what the provider said. */
  reason: string;
  /** When one message may try again; later ones when it keeps failing. */
  retryAt: Date;
}

/** What a breaker verb did; the caller pauses or resumes the runs that send through the account. */
export interface BreakerChange {
  /** False when the breaker was already where it should go, and nothing was written. */
  changed: boolean;
  accountName: string;
  openedAt: Date | null;
  retryAt: Date | null;
  /** How often it opened since it last closed. */
  failures: number;
}

interface Row {
  name: string;
  openedAt: Date | null;
  retryAt: Date | null;
  failures: number;
}

const NOTHING: BreakerChange = { changed: false, accountName: '', openedAt: null, retryAt: null, failures: 0 };

async function audited(
  tx: Tx,
  account: BreakerAccount,
  action: string,
  rows: readonly Row[],
  data: Record<string, unknown>,
): Promise<BreakerChange> {
  const [row] = rows;
  if (!row) return NOTHING;
  await recordAudit(tx, systemCtx(account.workspaceId, 'breaker'), {
    action: `provider_account.breaker_${action}`,
    subjectType: 'provider_account',
    subjectId: account.accountId,
    data,
  });
  const { name, openedAt, retryAt, failures } = row;
  return { changed: true, accountName: name, openedAt, retryAt, failures };
}

/**
 * Opens the breaker of an account that was closed or being probed; nothing is sent through it until `retryAt`. Many
 * workers may report the same outage: one of them changes it.
 */
export async function openBreaker(tx: Tx, opening: BreakerOpening): Promise<BreakerChange> {
  const { workspaceId, accountId, reason, retryAt } = opening;
  const rows = await tx.sql<Row[]>`
    update provider_accounts set breaker_state = 'open', breaker_class = ${opening.class}, breaker_reason = ${reason},
      breaker_opened_at = case breaker_state when 'closed' then now() else breaker_opened_at end,
      breaker_retry_at = ${retryAt}, breaker_failures = breaker_failures + 1
    where workspace_id = ${workspaceId} and id = ${accountId} and breaker_state in ('closed', 'half_open')
    returning name, breaker_opened_at as "openedAt", breaker_retry_at as "retryAt", breaker_failures as failures`;
  return audited(tx, opening, 'opened', rows, { class: opening.class, reason, retryAt: retryAt.toISOString() });
}

/** Lets a probe through once the time has come; of several callers exactly one gets `changed`. */
export async function halfOpen(tx: Tx, account: BreakerAccount): Promise<BreakerChange> {
  const rows = await tx.sql<Row[]>`
    update provider_accounts set breaker_state = 'half_open'
    where workspace_id = ${account.workspaceId} and id = ${account.accountId} and breaker_state = 'open'
      and breaker_retry_at <= now()
    returning name, breaker_opened_at as "openedAt", breaker_retry_at as "retryAt", breaker_failures as failures`;
  return audited(tx, account, 'half_opened', rows, {});
}

/** The provider is well again. Harmless when the breaker is closed. */
export async function closeBreaker(
  tx: Tx,
  account: BreakerAccount,
  why = 'the provider answers again',
): Promise<BreakerChange> {
  const rows = await tx.sql<Row[]>`
    with before as (
      select id, breaker_opened_at, breaker_retry_at, breaker_failures from provider_accounts
      where workspace_id = ${account.workspaceId} and id = ${account.accountId} and breaker_state <> 'closed' for update
    )
    update provider_accounts a set breaker_state = 'closed', breaker_class = null, breaker_reason = null,
      breaker_opened_at = null, breaker_retry_at = null, breaker_failures = 0
    from before b where a.id = b.id
    returning a.name, b.breaker_opened_at as "openedAt", b.breaker_retry_at as "retryAt", b.breaker_failures as failures`;
  return audited(tx, account, 'closed', rows, { why });
}

/** Accounts whose breaker is open and may be probed now, over all workspaces; for the sweep. */
export async function breakersDue({ sql }: Tx, limit = 50): Promise<BreakerAccount[]> {
  return await sql<BreakerAccount[]>`
    select workspace_id as "workspaceId", id as "accountId" from provider_accounts
    where breaker_state = 'open' and breaker_retry_at <= now() and archived_at is null
    order by breaker_retry_at limit ${limit}`;
}
