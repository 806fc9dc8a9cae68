import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { withSystemTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';

const revokeSessionSchema = z.object({ sessionId: z.string().min(1) });

/** The person behind a `Ctx`; keys and jobs have no sessions and no password. */
export function personOf(ctx: Ctx): string {
  if (ctx.actor.type === 'user') return ctx.actor.userId;
  throw new AppError('forbidden', 'Only a person can do this for themselves. Nothing was changed.');
}

/** Ends one of one's own sessions at once; a session of somebody else is not found. */
export async function revokeSession(ctx: Ctx, input: z.input<typeof revokeSessionSchema>): Promise<void> {
  const userId = personOf(ctx);
  const { sessionId } = parseInput(revokeSessionSchema, input);
  await withSystemTx(async (tx) => {
    const [ended] = await tx.sql`
      update user_sessions set revoked_at = now()
      where id = ${sessionId} and user_id = ${userId} and revoked_at is null returning id`;
    if (!ended) throw new AppError('not_found', 'This session has already ended.');
    await recordAudit(tx, ctx, { action: 'session.revoked', subjectType: 'session', subjectId: sessionId });
  });
}

/** Ends all of one's own sessions but the one kept; returns how many. */
export async function revokeOtherSessions(ctx: Ctx, keepSessionId: string): Promise<{ ended: number }> {
  const userId = personOf(ctx);
  return await withSystemTx(async (tx) => {
    const ended = await tx.sql`
      update user_sessions set revoked_at = now()
      where user_id = ${userId} and id <> ${keepSessionId} and revoked_at is null and expires_at > now()`;
    const data = { ended: ended.count };
    await recordAudit(tx, ctx, { action: 'session.others_revoked', subjectType: 'user', subjectId: userId, data });
    return data;
  });
}
