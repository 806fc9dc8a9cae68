import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { type Role, roleSchema } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { assertMayGrant } from '@/lib/features/workspaces/invite-member';

export const changeMemberRoleSchema = z.object({ userId: z.string().min(1), role: roleSchema });

/**
 * The present role of a member, with every owner's row locked in one order, so that two owners who demote each other at
 * the same moment cannot leave the workspace without one.
 */
export async function lockMember(
  tx: Tx,
  ctx: Ctx,
  userId: string,
): Promise<{ role: Role; owners: number; name: string }> {
  const owners = await tx.sql`
    select user_id from members where workspace_id = ${ctx.workspaceId} and role = 'owner' order by user_id for update`;
  const [member] = await tx.sql<{ role: Role; name: string }[]>`
    select m.role, u.name from members m join users u on u.id = m.user_id
    where m.workspace_id = ${ctx.workspaceId} and m.user_id = ${userId} for update of m`;
  if (!member) throw new AppError('not_found', 'This person is not a member of the workspace.');
  return { ...member, owners: owners.length };
}

export function assertOwnerStays({ role, owners }: { role: Role; owners: number }): void {
  if (role !== 'owner' || owners > 1) return;
  throw new AppError('conflict', 'A workspace needs an owner. Make somebody else an owner first; nothing was changed.');
}

/**
 * Gives a member another role, at once for every session they have. Throws `conflict` for the last owner, `forbidden`
 * when somebody who is no owner touches one. Needs `members.manage`.
 */
export async function changeMemberRole(ctx: Ctx, input: z.input<typeof changeMemberRoleSchema>): Promise<void> {
  authorise(ctx, 'members.manage');
  const { userId, role } = parseInput(changeMemberRoleSchema, input);
  assertMayGrant(ctx, role);
  await withTx(ctx, async (tx) => {
    const member = await lockMember(tx, ctx, userId);
    if (member.role === role) return;
    assertMayGrant(ctx, member.role);
    assertOwnerStays(member);
    await tx.sql`update members set role = ${role} where workspace_id = ${ctx.workspaceId} and user_id = ${userId}`;
    const data = { name: member.name, from: member.role, to: role };
    await recordAudit(tx, ctx, { action: 'member.role_changed', subjectType: 'user', subjectId: userId, data });
  });
}
