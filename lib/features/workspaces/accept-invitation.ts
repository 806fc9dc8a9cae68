import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { pool, type Tx, withSystemTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import type { Role } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findOrCreateUser } from '@/lib/features/workspaces/create-user';
import { invitationHash } from '@/lib/features/workspaces/invite-member';
import { personNameSchema } from '@/lib/features/workspaces/person-name';

export const acceptInvitationSchema = z.object({
  token: z.string().min(1).max(200),
  /** Asked of somebody new; an existing account keeps its name. */
  name: personNameSchema.optional(),
  /** Already hashed by the caller; null for signing in by mail only. */
  passwordHash: z.string().nullable().default(null),
});

export interface OpenInvitation {
  id: string;
  workspaceId: string;
  workspaceName: string;
  email: string;
  role: Role;
  invitedBy: string | null;
  /** Whether the address has an account already. */
  hasAccount: boolean;
}

/** The invitation a mailed token opens, or null if it was used, withdrawn, replaced or has expired. */
export async function readInvitation(token: string): Promise<OpenInvitation | null> {
  const [invitation] = await pool()<OpenInvitation[]>`
    select i.id, i.workspace_id as "workspaceId", w.name as "workspaceName", i.email, i.role, by.name as "invitedBy",
           exists (select from users u where u.email = i.email) as "hasAccount"
    from invitations i join workspaces w on w.id = i.workspace_id left join users by on by.id = i.invited_by
    where i.token_hash = ${invitationHash(token)} and i.accepted_at is null and i.revoked_at is null and i.expires_at > now()`;
  return invitation ?? null;
}

async function claim(tx: Tx, token: string) {
  const [invitation] = await tx.sql<{ id: string; workspaceId: string; email: string; role: Role }[]>`
    update invitations set accepted_at = now()
    where token_hash = ${invitationHash(token)} and accepted_at is null and revoked_at is null and expires_at > now()
    returning id, workspace_id as "workspaceId", email, role`;
  if (invitation) return invitation;
  throw new AppError('conflict', 'This invitation was used, withdrawn or has expired. Ask for a new one, or sign in.');
}

/**
 * Makes the invited address a member, and an account if it has none. The token proves the mailbox, so that the caller
 * may start a session. Works once; a member's role is not changed by it.
 */
export async function acceptInvitation(
  input: z.input<typeof acceptInvitationSchema>,
): Promise<{ userId: string; workspaceId: string }> {
  const { token, name, passwordHash } = parseInput(acceptInvitationSchema, input);
  return await withSystemTx(async (tx) => {
    const { id, workspaceId, email, role } = await claim(tx, token);
    const user = await findOrCreateUser(tx, { email, name: name ?? email.split('@')[0] ?? email, passwordHash });
    const [enabled] = await tx.sql`select 1 from users where id = ${user.id} and disabled_at is null`;
    if (!enabled) throw new AppError('forbidden', 'This account is disabled. Nothing was changed.');
    await tx.sql`
      insert into members (workspace_id, user_id, role) values (${workspaceId}, ${user.id}, ${role})
      on conflict (workspace_id, user_id) do nothing`;
    const ctx: Ctx = { workspaceId, actor: { type: 'user', userId: user.id, name: user.name, role } };
    const subject = { subjectType: 'invitation', subjectId: id };
    await recordAudit(tx, ctx, { action: 'member.joined', ...subject, data: { email, role, userId: user.id } });
    return { userId: user.id, workspaceId };
  });
}
