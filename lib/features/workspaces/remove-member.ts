import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { assertOwnerStays, lockMember } from '@/lib/features/workspaces/change-member-role';
import { assertMayGrant } from '@/lib/features/workspaces/invite-member';

export const removeMemberSchema = z.object({ userId: z.string().min(1) });

/**
 * Takes a member out of the workspace; with the next request they are out. Anybody may take themselves out; for others
 * it needs `members.manage`. Throws `conflict` for the last owner. What they did stays in the audit log.
 */
export async function removeMember(ctx: Ctx, input: z.input<typeof removeMemberSchema>): Promise<void> {
  const { userId } = parseInput(removeMemberSchema, input);
  const leavesAlone = ctx.actor.type === 'user' && ctx.actor.userId === userId;
  if (!leavesAlone) authorise(ctx, 'members.manage');
  await withTx(ctx, async (tx) => {
    const member = await lockMember(tx, ctx, userId);
    if (!leavesAlone) assertMayGrant(ctx, member.role);
    assertOwnerStays(member);
    await tx.sql`delete from members where workspace_id = ${ctx.workspaceId} and user_id = ${userId}`;
    const action = leavesAlone ? 'member.left' : 'member.removed';
    const data = { name: member.name, role: member.role };
    await recordAudit(tx, ctx, { action, subjectType: 'user', subjectId: userId, data });
  });
}
