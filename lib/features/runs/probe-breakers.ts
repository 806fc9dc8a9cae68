import { systemCtx } from '@/lib/context';
import { withSystemTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { recordAudit } from '@/lib/features/history/record-audit';
import {
  type BreakerAccount,
  breakersDue,
  closeBreaker,
  halfOpen,
  openBreaker,
} from '@/lib/features/providers/breaker';
import { announceRun } from '@/lib/features/runs/announce-run';
import { probeDelayMs } from '@/lib/features/runs/report-trouble';

/** Accounts whose open breaker may be probed now; each is given to one caller only. */
export async function dueProbes(): Promise<BreakerAccount[]> {
  return withSystemTx(async (tx) => {
    const mine: BreakerAccount[] = [];
    for (const account of await breakersDue(tx, 10)) {
      if ((await halfOpen(tx, account)).changed) mine.push(account);
    }
    return mine;
  });
}

/**
 * Ends a probe: a provider that answers closes its breaker and lets the runs it had paused go on, in one transaction;
 * otherwise the breaker stays open for longer. Answers the runs to wake.
 */
export async function settleProbe(account: BreakerAccount, probe: { ok: boolean; text: string }): Promise<string[]> {
  const { workspaceId, accountId } = account;
  return withSystemTx(async (tx) => {
    if (!probe.ok) {
      const [row] = await tx.sql<{ failures: number; class: 'provider' | 'account'; reason: string }[]>`
        select breaker_failures as failures, coalesce(breaker_class, 'provider') as class, coalesce(breaker_reason, '') as reason
        from provider_accounts where workspace_id = ${workspaceId} and id = ${accountId}`;
      const retryAt = new Date(databaseNow().getTime() + probeDelayMs((row?.failures ?? 0) + 1));
      await openBreaker(tx, {
        workspaceId,
        accountId,
        class: row?.class ?? 'provider',
        reason: row?.reason || probe.text,
        retryAt,
      });
      return [];
    }
    await closeBreaker(tx, account);
    const resumed = await tx.sql<{ id: string }[]>`
      update runs set status = resume_status, resume_status = null, paused_by = null, status_reason = null,
        paused_account_id = null, last_progress_at = now()
      where workspace_id = ${workspaceId} and status = 'paused' and paused_account_id = ${accountId} returning id`;
    for (const { id } of resumed) {
      await recordAudit(tx, systemCtx(workspaceId, 'breaker'), {
        action: 'run.resumed',
        subjectType: 'run',
        subjectId: id,
        data: { why: probe.text },
      });
      await announceRun(
        tx,
        workspaceId,
        id,
        'resumed',
        'The provider answers again; the run goes on where it stopped.',
      );
    }
    return resumed.map((run) => run.id);
  });
}
