import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { type SenderInput, type SenderSettings, senderSchema } from '@/lib/domain/sender';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

async function refuseForeignProvider(tx: Tx, ctx: Ctx, sender: SenderSettings): Promise<void> {
  const [account] = await tx.sql<{ channel: string }[]>`
    select channel from provider_accounts
    where workspace_id = ${ctx.workspaceId} and id = ${sender.providerAccountId} and archived_at is null`;
  if (account?.channel === sender.channel) return;
  const what = account ? 'carries another channel' : 'does not exist in this workspace';
  throw new AppError('invalid', `Nothing was saved. The chosen provider ${what}.`, {
    issues: [{ path: 'providerAccountId', message: what }],
  });
}

function columnsOf(sender: SenderSettings) {
  const email = sender.channel === 'email' ? sender : null;
  return {
    fromName: email?.fromName ?? null,
    replyTo: email?.replyTo ?? null,
    bounceDomain: email?.bounceDomain ?? null,
  };
}

async function refuseTakenName(tx: Tx, ctx: Ctx, sender: SenderSettings, id: string): Promise<void> {
  const taken = await tx.sql`
    select 1 from senders where workspace_id = ${ctx.workspaceId} and channel = ${sender.channel} and name = ${sender.name}
      and id <> ${id}`;
  if (taken.count > 0)
    throw new AppError('conflict', `There is a sender called “${sender.name}” already. Nothing was saved.`);
}

/** Makes a sender over a provider of the same channel. Throws `invalid`, or `conflict` when the name is taken. */
export async function createSender(ctx: Ctx, input: SenderInput): Promise<{ id: string }> {
  authorise(ctx, 'providers.manage');
  const sender = parseInput(senderSchema, input);
  const id = newId('sender');
  await withTx(ctx, async (tx) => {
    await refuseForeignProvider(tx, ctx, sender);
    await refuseTakenName(tx, ctx, sender, id);
    const { fromName, replyTo, bounceDomain } = columnsOf(sender);
    await tx.sql`
      insert into senders (id, workspace_id, channel, name, from_name, address, reply_to, bounce_domain, provider_account_id)
      values (${id}, ${ctx.workspaceId}, ${sender.channel}, ${sender.name}, ${fromName}, ${sender.address}, ${replyTo},
              ${bounceDomain}, ${sender.providerAccountId})`;
    await recordAudit(tx, ctx, { action: 'sender.created', subjectType: 'sender', subjectId: id, data: { ...sender } });
  });
  return { id };
}

/** Replaces the settings of a sender. Campaigns that were launched keep the sender they were launched with. */
export async function updateSender(ctx: Ctx, id: string, input: SenderInput): Promise<void> {
  authorise(ctx, 'providers.manage');
  const sender = parseInput(senderSchema, input);
  await withTx(ctx, async (tx) => {
    await refuseForeignProvider(tx, ctx, sender);
    await refuseTakenName(tx, ctx, sender, id);
    const { fromName, replyTo, bounceDomain } = columnsOf(sender);
    const changed = await tx.sql`
      update senders set name = ${sender.name}, from_name = ${fromName}, address = ${sender.address}, reply_to = ${replyTo},
        bounce_domain = ${bounceDomain}, provider_account_id = ${sender.providerAccountId}
      where workspace_id = ${ctx.workspaceId} and id = ${id} and channel = ${sender.channel} and archived_at is null`;
    if (changed.count === 0) throw new AppError('not_found', 'This sender does not exist in this workspace.');
    await recordAudit(tx, ctx, { action: 'sender.updated', subjectType: 'sender', subjectId: id, data: { ...sender } });
  });
}
