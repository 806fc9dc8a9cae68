import { createHash, randomBytes } from 'node:crypto';
import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { type Role, roleSchema } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { invitedAddressSchema } from '@/lib/features/workspaces/invited-address';
import { newId } from '@/lib/ids';

export const inviteMemberSchema = z.object({ email: invitedAddressSchema, role: roleSchema });

const OPEN_AT_ONCE = 200;

/** What is stored of a token that was mailed. */
export function invitationHash(token: string): string {
  return createHash('sha256').update(token).digest('hex');
}

/** Owners alone make or unmake owners; otherwise an admin could take the workspace over. */
export function assertMayGrant(ctx: Ctx, role: Role): void {
  if (role !== 'owner' || ctx.actor.type === 'system') return;
  if (ctx.actor.type === 'user' && ctx.actor.role === 'owner') return;
  throw new AppError('forbidden', 'Only an owner can make or change an owner. Nothing was changed.');
}

async function assertInvitable(tx: Tx, ctx: Ctx, email: string): Promise<void> {
  const [member] = await tx.sql`
    select 1 from members m join users u on u.id = m.user_id
    where m.workspace_id = ${ctx.workspaceId} and u.email = ${email}`;
  if (member) throw new AppError('conflict', `${email} is a member already.`);
  const [open] = await tx.sql<{ n: number }[]>`
    select count(*)::int as n from invitations
    where workspace_id = ${ctx.workspaceId} and accepted_at is null and revoked_at is null and expires_at > now()`;
  if ((open?.n ?? 0) >= OPEN_AT_ONCE) {
    throw new AppError('limit', `${OPEN_AT_ONCE} invitations are open already. Withdraw some first.`);
  }
}

export interface InvitationToMail {
  id: string;
  email: string;
  role: Role;
  /** For the mail; it is not stored and cannot be had again. */
  token: string;
  expiresAt: Date;
}

/**
 * Invites one address for 7 days. Inviting it again replaces the earlier invitation, whose link stops working. Throws
 * `conflict` if the address is a member. Needs `members.manage`; the caller mails the link.
 */
export async function inviteMember(ctx: Ctx, input: z.input<typeof inviteMemberSchema>): Promise<InvitationToMail> {
  authorise(ctx, 'members.manage');
  const { email, role } = parseInput(inviteMemberSchema, input);
  assertMayGrant(ctx, role);
  const id = newId('invitation');
  const token = randomBytes(32).toString('base64url');
  return await withTx(ctx, async (tx) => {
    await tx.sql`select pg_advisory_xact_lock(hashtextextended(${`invite:${ctx.workspaceId}:${email}`}, 0))`;
    await assertInvitable(tx, ctx, email);
    await tx.sql`
      update invitations set revoked_at = now()
      where workspace_id = ${ctx.workspaceId} and email = ${email} and accepted_at is null and revoked_at is null`;
    const [made] = await tx.sql<{ expiresAt: Date }[]>`
      insert into invitations (id, workspace_id, email, role, token_hash, invited_by, expires_at)
      values (${id}, ${ctx.workspaceId}, ${email}, ${role}, ${invitationHash(token)}, ${actorLabel(ctx).id},
              now() + interval '7 days')
      returning expires_at as "expiresAt"`;
    const subject = { subjectType: 'invitation', subjectId: id };
    await recordAudit(tx, ctx, { action: 'member.invited', ...subject, data: { email, role } });
    return { id, email, role, token, expiresAt: made?.expiresAt ?? new Date() };
  });
}
