import { z } from 'zod';
import { hashPassword, newPasswordIssue, verifyPassword } from '@/lib/auth/password';
import { personOf } from '@/lib/auth/revoke-session';
import { takeToken } from '@/lib/auth/token-bucket';
import type { Ctx } from '@/lib/context';
import { pool, withSystemTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

export const changePasswordSchema = z.object({
  currentPassword: z.string().max(1000).default(''),
  newPassword: z.string().max(1000),
  /** The session that stays; every other one ends. */
  keepSessionId: z.string(),
});

function wrong(path: string, message: string): AppError {
  return new AppError('invalid', `The password was not changed. ${message}`, { issues: [{ path, message }] });
}

/**
 * Sets one's own password, after the current one where there is one, and ends every other session (OWASP ASVS 5.0
 * 7.4.3). Throws `invalid` for a wrong or weak password and `limit` after too many guesses.
 */
export async function changePassword(
  ctx: Ctx,
  input: z.input<typeof changePasswordSchema>,
): Promise<{ ended: number }> {
  const userId = personOf(ctx);
  const { currentPassword, newPassword, keepSessionId } = parseInput(changePasswordSchema, input);
  const [user] = await pool()<{ email: string; hash: string | null }[]>`
    select email, password_hash as hash from users where id = ${userId}`;
  if (!user) throw new AppError('not_found', 'This account no longer exists.');
  const guess = await takeToken(`password:change:${userId}`, { capacity: 6, refillMs: 30_000 });
  if (!guess.allowed) throw new AppError('limit', 'That were many tries. Wait a minute, then try again.');
  if (user.hash && !(await verifyPassword(currentPassword, user.hash))) {
    throw wrong('currentPassword', 'This is not your current password.');
  }
  const issue = newPasswordIssue(newPassword, user.email);
  if (issue) throw wrong('newPassword', issue);
  const hash = await hashPassword(newPassword);
  return await withSystemTx(async (tx) => {
    const changed = await tx.sql`
      update users set password_hash = ${hash} where id = ${userId} and password_hash is not distinct from ${user.hash}`;
    if (changed.count === 0) throw new AppError('conflict', 'The password was changed elsewhere a moment ago.');
    const ended = await tx.sql`
      update user_sessions set revoked_at = now()
      where user_id = ${userId} and id <> ${keepSessionId} and revoked_at is null and expires_at > now()`;
    const data = { ended: ended.count, first: user.hash === null };
    await recordAudit(tx, ctx, { action: 'password.changed', subjectType: 'user', subjectId: userId, data });
    return { ended: ended.count };
  });
}
