import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

const revokeInvitationSchema = z.object({ invitationId: z.string().min(1) });

/** Withdraws an open invitation; its link stops working. Throws `conflict` if it is no longer open. */
export async function revokeInvitation(ctx: Ctx, input: z.input<typeof revokeInvitationSchema>): Promise<void> {
  authorise(ctx, 'members.manage');
  const { invitationId } = parseInput(revokeInvitationSchema, input);
  await withTx(ctx, async (tx) => {
    const [revoked] = await tx.sql<{ email: string }[]>`
      update invitations set revoked_at = now()
      where workspace_id = ${ctx.workspaceId} and id = ${invitationId} and accepted_at is null and revoked_at is null
      returning email`;
    if (!revoked) throw new AppError('conflict', 'This invitation is not open any more. Nothing was changed.');
    const subject = { subjectType: 'invitation', subjectId: invitationId };
    await recordAudit(tx, ctx, { action: 'member.invitation_withdrawn', ...subject, data: { email: revoked.email } });
  });
}
