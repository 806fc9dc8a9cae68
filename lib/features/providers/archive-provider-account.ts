import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

/** Retires a provider and forgets its secrets. Throws `precondition` while a sender uses it or work is waiting for it. */
export async function archiveProviderAccount(ctx: Ctx, id: string): Promise<void> {
  authorise(ctx, 'providers.manage');
  await withTx(ctx, async (tx) => {
    const { sql } = tx;
    const [use] = await sql<{ senders: string[] | null; runs: string[] | null }[]>`
      select (select array_agg(name order by name) from senders
              where workspace_id = ${ctx.workspaceId} and provider_account_id = ${id} and archived_at is null) as senders,
             (select array_agg(distinct r.name) from runs r join batches b on b.run_id = r.id
              where r.workspace_id = ${ctx.workspaceId} and r.status in ('queuing', 'sending', 'paused')
                and b.provider_account_id = ${id} and b.state <> 'done') as runs`;
    const users = [...(use?.senders ?? []), ...(use?.runs ?? [])];
    if (users.length > 0) {
      throw new AppError(
        'precondition',
        `This provider is in use by ${users.slice(0, 5).join(', ')}. Nothing was changed.`,
      );
    }
    const changed = await sql`
      update provider_accounts set archived_at = now(), secrets = null, updated_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${id} and archived_at is null`;
    if (changed.count === 0) throw new AppError('not_found', 'This provider does not exist in this workspace.');
    await recordAudit(tx, ctx, { action: 'provider_account.archived', subjectType: 'provider_account', subjectId: id });
  });
}
