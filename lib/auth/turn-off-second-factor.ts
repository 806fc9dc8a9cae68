import { auditPerson } from '@/lib/auth/audit-person';
import { proveIdentity } from '@/lib/auth/prove-identity';
import { replaceRecoveryCodes } from '@/lib/auth/recovery-codes';
import { limitCodes, proveSecondFactor, wrongCode } from '@/lib/auth/second-factor';
import type { SignedIn } from '@/lib/auth/user-session';
import { pool, type Tx, withSystemTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';

interface Proof {
  password: string;
  /** Of the app, or a recovery code. */
  code: string;
  ip: string | null;
}

/** Leaves nothing of somebody's second factor behind; false if there was none. */
export async function forgetSecondFactor({ sql }: Pick<Tx, 'sql'>, userId: string): Promise<boolean> {
  const turned = await sql`
    update users set second_factor_at = null where id = ${userId} and second_factor_at is not null`;
  if (turned.count === 0) return false;
  await sql`delete from second_factors where user_id = ${userId}`;
  await sql`delete from recovery_codes where user_id = ${userId}`;
  return true;
}

/**
 * Turns two-factor sign-in off with password and code, and ends every other session. Throws `invalid` for a wrong one of
 * them, `limit` after too many tries, `conflict` when it is off already.
 */
export async function turnOffSecondFactor(
  signedIn: SignedIn,
  { password, code, ip }: Proof,
): Promise<{ ended: number }> {
  const { id, email } = signedIn.user;
  await proveIdentity(signedIn, password);
  await limitCodes(email, { ip });
  return await withSystemTx(async (tx) => {
    if (!(await proveSecondFactor(tx, id, code))) throw wrongCode();
    if (!(await forgetSecondFactor(tx, id))) throw new AppError('conflict', 'Two-factor sign-in is off already.');
    const ended = await tx.sql`
      update user_sessions set revoked_at = now()
      where user_id = ${id} and id <> ${signedIn.sessionId} and revoked_at is null and expires_at > now()`;
    await auditPerson(tx, signedIn, 'second_factor.turned_off', { ended: ended.count });
    return { ended: ended.count };
  });
}

/** Ten new recovery codes, shown this once, for a code of the app; the earlier ones stop working. */
export async function renewRecoveryCodes(
  signedIn: SignedIn,
  { code, ip }: Omit<Proof, 'password'>,
): Promise<{ recoveryCodes: string[] }> {
  const { id, email } = signedIn.user;
  await limitCodes(email, { ip });
  return await withSystemTx(async (tx) => {
    if (!(await proveSecondFactor(tx, id, code))) throw wrongCode();
    const recoveryCodes = await replaceRecoveryCodes(tx, id);
    await auditPerson(tx, signedIn, 'second_factor.recovery_codes_renewed');
    return { recoveryCodes };
  });
}

/** How many recovery codes somebody has left. */
export async function countRecoveryCodes(userId: string): Promise<number> {
  const [left] = await pool()<{ n: number }[]>`
    select count(*)::int as n from recovery_codes where user_id = ${userId}`;
  return left?.n ?? 0;
}
