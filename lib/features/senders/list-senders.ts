import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import type { ProviderKind } from '@/lib/domain/provider';
import { AppError } from '@/lib/errors';

export interface Sender {
  id: string;
  channel: 'email' | 'sms';
  name: string;
  fromName: string | null;
  address: string;
  replyTo: string | null;
  bounceDomain: string | null;
  providerAccountId: string;
  providerName: string;
  providerKind: ProviderKind;
  createdAt: Date;
  archivedAt: Date | null;
}

async function select({ sql }: Tx, workspaceId: string, id: string | null): Promise<Sender[]> {
  return await sql<Sender[]>`
    select s.id, s.channel, s.name, s.from_name as "fromName", s.address, s.reply_to as "replyTo",
           s.bounce_domain as "bounceDomain", s.provider_account_id as "providerAccountId", a.name as "providerName",
           a.kind as "providerKind", s.created_at as "createdAt", s.archived_at as "archivedAt"
    from senders s join provider_accounts a on a.workspace_id = s.workspace_id and a.id = s.provider_account_id
    where s.workspace_id = ${workspaceId} and ${id === null ? sql`s.archived_at is null` : sql`s.id = ${id}`}
    order by s.channel, lower(s.name), s.id`;
}

/** The workspace's senders by channel and name, archived ones left out. */
export async function listSenders(ctx: Ctx): Promise<Sender[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, (tx) => select(tx, ctx.workspaceId, null));
}

export async function getSender(ctx: Ctx, id: string): Promise<Sender> {
  authorise(ctx, 'campaigns.read');
  const [sender] = await withTx(ctx, (tx) => select(tx, ctx.workspaceId, id));
  if (!sender) throw new AppError('not_found', 'This sender does not exist in this workspace.');
  return sender;
}
