import type { RequestOrigin } from '@/lib/auth/request-origin';
import { limitCodes, type ProvenBy, proveSecondFactor, wrongCode } from '@/lib/auth/second-factor';
import { SESSION_LIFE_S, type SessionStart } from '@/lib/auth/user-session';
import { pool, withSystemTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';

export interface AwaitedCode {
  userId: string;
  name: string;
  email: string;
  startedBy: SessionStart | null;
}

/** Whose sign-in waits for a code in this session, or null. */
export async function awaitedCode(sessionId: string): Promise<AwaitedCode | null> {
  const [row] = await pool()<AwaitedCode[]>`
    select u.id as "userId", u.name, u.email, s.started_by as "startedBy"
    from user_sessions s join users u on u.id = s.user_id
    where s.id = ${sessionId} and s.revoked_at is null and s.expires_at > now() and s.second_factor_at is null
      and u.second_factor_at is not null and u.disabled_at is null`;
  return row ?? null;
}

export interface CompletedSignIn extends AwaitedCode {
  sessionId: string;
  provenBy: ProvenBy;
  recoveryCodesLeft: number;
}

/**
 * Takes the code that a sign-in waits for and begins the session it was for, under a new identifier; the waiting one
 * ends. Throws `invalid` for a wrong or used code, `limit` after too many, and `gone` when nothing waits any more.
 */
export async function completeSignIn(
  waitingId: string,
  typed: string,
  origin: RequestOrigin,
): Promise<CompletedSignIn> {
  const waiting = await awaitedCode(waitingId);
  if (!waiting) throw new AppError('gone', 'This took longer than ten minutes. Sign in again.');
  await limitCodes(waiting.email, origin);
  const sessionId = newId('session');
  const { userId, startedBy } = waiting;
  return await withSystemTx(async ({ sql }) => {
    const provenBy = await proveSecondFactor({ sql }, userId, typed);
    if (!provenBy) throw wrongCode();
    const ended = await sql`
      update user_sessions set revoked_at = now() where id = ${waitingId} and revoked_at is null and expires_at > now()`;
    if (ended.count === 0) throw new AppError('gone', 'This sign-in was ended in the meantime. Sign in again.');
    await sql`
      insert into user_sessions (id, user_id, expires_at, ip, user_agent, started_by, second_factor_at)
      values (${sessionId}, ${userId}, now() + make_interval(secs => ${SESSION_LIFE_S}), ${origin.ip},
              ${origin.userAgent}, ${startedBy}, now())`;
    const [left] = await sql<{ n: number }[]>`
      select count(*)::int as n from recovery_codes where user_id = ${userId}`;
    return { ...waiting, sessionId, provenBy, recoveryCodesLeft: left?.n ?? 0 };
  });
}
