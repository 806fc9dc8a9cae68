import { z } from 'zod';
import { personOf } from '@/lib/auth/revoke-session';
import { forgetSecondFactor } from '@/lib/auth/turn-off-second-factor';
import { authorise, authoriseRecent, type Ctx } from '@/lib/context';
import { type Tx, withSystemTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { lockMember } from '@/lib/features/workspaces/change-member-role';
import { assertMayGrant } from '@/lib/features/workspaces/invite-member';

const resetSecondFactorSchema = z.object({ userId: z.string().min(1) });

export interface Reset {
  email: string;
  name: string;
  ended: number;
}

/** The workspaces of a person; refused where one of them is not the actor's to manage, because it would be opened too. */
async function workspacesOf({ sql }: Tx, userId: string, actorId: string): Promise<string[]> {
  const rows = await sql<{ id: string; isManaged: boolean }[]>`
    select m.workspace_id as id, coalesce(own.role = 'owner' or (own.role = 'admin' and m.role <> 'owner'), false) as "isManaged"
    from members m left join members own on own.workspace_id = m.workspace_id and own.user_id = ${actorId}
    where m.user_id = ${userId} order by m.workspace_id`;
  if (rows.every(({ isManaged }) => isManaged)) return rows.map(({ id }) => id);
  throw new AppError(
    'forbidden',
    'They belong to another workspace as well, which you do not manage. A recovery code of theirs, or whoever operates this Waybill, can help. Nothing was changed.',
  );
}

async function endAll(tx: Tx, userId: string): Promise<Reset> {
  if (!(await forgetSecondFactor(tx, userId))) throw new AppError('conflict', 'They have no two-factor sign-in.');
  const ended = await tx.sql`
    update user_sessions set revoked_at = now()
    where user_id = ${userId} and revoked_at is null and expires_at > now()`;
  const [user] = await tx.sql<{ email: string; name: string }[]>`select email, name from users where id = ${userId}`;
  return { email: user?.email ?? '', name: user?.name ?? '', ended: ended.count };
}

/**
 * Takes the second factor off a member who lost it, and ends all their sessions; the caller tells them by mail. Needs
 * `members.manage` in every workspace of theirs, an owner for an owner, and a recent proof of who asks.
 */
export async function resetSecondFactor(ctx: Ctx, input: z.input<typeof resetSecondFactorSchema>): Promise<Reset> {
  authorise(ctx, 'members.manage');
  authoriseRecent(ctx);
  const actorId = personOf(ctx);
  const { userId } = parseInput(resetSecondFactorSchema, input);
  if (userId === actorId) throw new AppError('forbidden', 'Turn your own off in your profile. Nothing was changed.');
  return await withSystemTx(async (tx) => {
    const member = await lockMember(tx, ctx, userId);
    assertMayGrant(ctx, member.role);
    const workspaces = await workspacesOf(tx, userId, actorId);
    const reset = await endAll(tx, userId);
    const entry = { action: 'second_factor.reset', subjectType: 'user', subjectId: userId };
    const data = { name: reset.name, ended: reset.ended };
    for (const workspaceId of workspaces) await recordAudit(tx, { ...ctx, workspaceId }, { ...entry, data });
    return reset;
  });
}

/** The same for whoever operates the installation, by address; null if there is no such account or nothing to reset. */
export async function resetByOperator(email: string): Promise<Reset | null> {
  return await withSystemTx(async (tx) => {
    const rows = await tx.sql<{ id: string; workspaceId: string | null }[]>`
      select u.id, m.workspace_id as "workspaceId" from users u left join members m on m.user_id = u.id
      where u.email = ${email} and u.second_factor_at is not null order by m.workspace_id`;
    const userId = rows[0]?.id;
    if (!userId) return null;
    const reset = await endAll(tx, userId);
    const actor = { type: 'system', name: 'operator' } as const;
    for (const { workspaceId } of rows) {
      if (!workspaceId) continue;
      const data = { name: reset.name, ended: reset.ended };
      const entry = { action: 'second_factor.reset', subjectType: 'user', subjectId: userId, data };
      await recordAudit(tx, { workspaceId, actor }, entry);
    }
    return reset;
  });
}
