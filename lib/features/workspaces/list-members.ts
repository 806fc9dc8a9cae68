import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { Role } from '@/lib/domain/role';

export interface Member {
  userId: string;
  name: string;
  email: string;
  role: Role;
  joinedAt: Date;
  hasPassword: boolean;
  hasSecondFactor: boolean;
}

export interface Invitation {
  id: string;
  email: string;
  role: Role;
  invitedBy: string;
  createdAt: Date;
  expiresAt: Date;
  expired: boolean;
}

/** Everybody in the workspace, owners first, then by name. Any person in it may see who that is. */
export async function listMembers(ctx: Ctx): Promise<Member[]> {
  if (ctx.actor.type !== 'user') authorise(ctx, 'members.manage');
  return await withTx(
    ctx,
    ({ sql }) => sql<Member[]>`
      select m.user_id as "userId", u.name, u.email, m.role, m.created_at as "joinedAt",
             u.password_hash is not null as "hasPassword", u.second_factor_at is not null as "hasSecondFactor"
      from members m join users u on u.id = m.user_id
      where m.workspace_id = ${ctx.workspaceId}
      order by m.role <> 'owner', lower(u.name), u.email limit 1000`,
  );
}

/** Invitations that nobody has accepted yet, newest first, expired ones included. Needs `members.manage`. */
export async function listInvitations(ctx: Ctx): Promise<Invitation[]> {
  authorise(ctx, 'members.manage');
  return await withTx(
    ctx,
    ({ sql }) => sql<Invitation[]>`
      select i.id, i.email, i.role, coalesce(u.name, 'a former member') as "invitedBy", i.created_at as "createdAt",
             i.expires_at as "expiresAt", i.expires_at <= now() as expired
      from invitations i left join users u on u.id = i.invited_by
      where i.workspace_id = ${ctx.workspaceId} and i.accepted_at is null and i.revoked_at is null
      order by i.created_at desc limit 500`,
  );
}
