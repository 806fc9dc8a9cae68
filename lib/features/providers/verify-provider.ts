import { openChannel } from '@/lib/channels/open-channel';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { recordAudit } from '@/lib/features/history/record-audit';
import { loadChannelAccount } from '@/lib/features/providers/load-channel-account';

/** Proves address and credentials without sending anything, and keeps when that last worked. */
export async function verifyProvider(ctx: Ctx, accountId: string): Promise<{ ok: boolean; text: string }> {
  authorise(ctx, 'providers.manage');
  const account = await loadChannelAccount(ctx.workspaceId, accountId);
  const { channel } = openChannel(account);
  const result = await channel.verify().finally(() => channel.close());
  await withTx(ctx, async (tx) => {
    await tx.sql`
      update provider_accounts set verified_at = ${result.ok ? new Date() : null}
      where workspace_id = ${ctx.workspaceId} and id = ${accountId}`;
    await recordAudit(tx, ctx, {
      action: 'provider_account.verified',
      subjectType: 'provider_account',
      subjectId: accountId,
      data: result,
    });
  });
  return result;
}
