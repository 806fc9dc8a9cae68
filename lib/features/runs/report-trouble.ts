import { systemCtx } from '@/lib/context';
import { pool, type Tx, withSystemTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { env } from '@/lib/env';
import { recordAudit } from '@/lib/features/history/record-audit';
import { openBreaker } from '@/lib/features/providers/breaker';
import { announceRun } from '@/lib/features/runs/announce-run';

export interface Trouble {
  class: 'provider' | 'account';
  code: string;
  text: string;
  retryAfterMs: number;
}

const OPEN_AFTER = 3;

interface AccountRow {
  name: string;
  failures: number;
  state: string;
}

/** How long an open breaker waits for its next probe: 15 s, doubling with every failure in a row, at most 10 min. */
export function probeDelayMs(failures: number): number {
  const baseMs = env().WAYBILL_RETRY_BASE_MS;
  return Math.min((baseMs / 2) * 2 ** Math.max(0, failures - OPEN_AFTER), baseMs * 20);
}

/** The sentence a paused run shows: what the provider said, and that nothing was lost. */
export function troubleSentence(accountName: string, trouble: Trouble): string {
  const what = trouble.class === 'account' ? `${accountName} refused us` : `${accountName} is not taking messages`;
  return `${what}: ${trouble.text} (${trouble.code}). Nothing was lost; what is waiting goes out when it works again.`;
}

async function pauseRunsOf(tx: Tx, workspaceId: string, accountId: string, reason: string): Promise<void> {
  const ctx = systemCtx(workspaceId, 'breaker');
  const paused = await tx.sql<{ id: string }[]>`
    update runs r set status = 'paused', resume_status = 'sending', status_reason = ${reason}, paused_account_id = ${accountId},
      paused_by = ${JSON.stringify({ type: 'system', id: 'breaker', name: 'the provider breaker' })}::jsonb
    where r.workspace_id = ${workspaceId} and r.status = 'sending' and exists (
      select 1 from batches b where b.run_id = r.id and b.state in ('ready', 'held') and b.provider_account_id = ${accountId})
    returning r.id`;
  for (const { id } of paused) {
    await recordAudit(tx, ctx, { action: 'run.paused', subjectType: 'run', subjectId: id, data: { reason } });
    await announceRun(tx, workspaceId, id, 'paused', reason);
  }
}

/**
 * Takes note of a provider or account error: a short hold for a hiccup or a rate limit, an open breaker with paused runs
 * for a refused account or repeated trouble. No delivery fails and no attempt is spent.
 */
export async function reportTrouble(workspaceId: string, accountId: string, trouble: Trouble): Promise<void> {
  await withSystemTx(async (tx) => {
    const [account] = await tx.sql<AccountRow[]>`
      select name, breaker_failures as failures, breaker_state as state from provider_accounts
      where workspace_id = ${workspaceId} and id = ${accountId} for update`;
    if (!account) return;
    const throttled = trouble.class === 'provider' && trouble.retryAfterMs > 0;
    const failures = account.failures + (throttled ? 0 : 1);
    const opens = trouble.class === 'account' || failures >= OPEN_AFTER;
    if (!opens) {
      const holdMs = throttled ? trouble.retryAfterMs : env().WAYBILL_RETRY_BASE_MS / 10;
      await tx.sql`
        update provider_accounts set breaker_failures = ${failures},
          breaker_retry_at = greatest(breaker_retry_at, now() + ${holdMs} * interval '1 ms')
        where workspace_id = ${workspaceId} and id = ${accountId}`;
      return;
    }
    const reason = troubleSentence(account.name, trouble);
    const retryAt = new Date(databaseNow().getTime() + Math.max(probeDelayMs(failures), trouble.retryAfterMs));
    await openBreaker(tx, { workspaceId, accountId, class: trouble.class, reason, retryAt });
    await pauseRunsOf(tx, workspaceId, accountId, reason);
  });
}

/** Forgets earlier hiccups once the account takes messages again. */
export async function reportHealth(workspaceId: string, accountId: string): Promise<void> {
  await pool()`
    update provider_accounts set breaker_failures = 0, breaker_retry_at = null
    where workspace_id = ${workspaceId} and id = ${accountId} and breaker_state = 'closed' and breaker_failures > 0`;
}
