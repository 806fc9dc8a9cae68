'use server';

import { revalidatePath } from 'next/cache';
import { after } from 'next/server';
import { resetSecondFactor } from '@/lib/auth/reset-second-factor';
import { invitationUrl, resetNews, sendAccountNews, sendInvitationMail } from '@/lib/auth/system-mails';
import type { Ctx } from '@/lib/context';
import { ROLE_WORDS } from '@/lib/domain/role-words';
import { describeError } from '@/lib/errors';
import { changeMemberRole } from '@/lib/features/workspaces/change-member-role';
import { getWorkspace } from '@/lib/features/workspaces/get-workspace';
import { inviteMember, inviteMemberSchema } from '@/lib/features/workspaces/invite-member';
import { removeMember } from '@/lib/features/workspaces/remove-member';
import { revokeInvitation } from '@/lib/features/workspaces/revoke-invitation';
import { action } from '@/lib/http/action';

export interface InviteOutcome {
  email: string;
  /** Set when the mail could not be sent: the link, to be handed over in another way. */
  link: string | null;
}

async function inviteAndMail(ctx: Ctx, input: Parameters<typeof inviteMember>[1]): Promise<InviteOutcome> {
  const { email, role, token, expiresAt } = await inviteMember(ctx, input);
  const workspace = await getWorkspace(ctx);
  revalidatePath('/settings/members');
  try {
    await sendInvitationMail({
      to: email,
      workspaceName: workspace.name,
      inviterName: ctx.actor.name,
      roleLabel: ROLE_WORDS[role].label,
      token,
      expiresAt,
      timeZone: workspace.timeZone,
    });
    return { email, link: null };
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', at: 'invitation mail', detail: describeError(error) }));
    return { email, link: invitationUrl(token) };
  }
}

function thenRefresh<I>(verb: (ctx: Ctx, input: I) => Promise<void>) {
  return action(async (ctx: Ctx, input: I) => {
    await verb(ctx, input);
    revalidatePath('/settings/members');
  });
}

export const invite = action(inviteMemberSchema, inviteAndMail);
export const changeRole = thenRefresh(changeMemberRole);
export const remove = thenRefresh(removeMember);
export const resetFactor = thenRefresh(async (ctx, input: { userId: string }) => {
  const { email } = await resetSecondFactor(ctx, input);
  after(() => sendAccountNews(email, resetNews(ctx.actor.name)));
});
export const withdraw = thenRefresh(revokeInvitation);
