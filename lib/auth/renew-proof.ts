import { proveIdentity } from '@/lib/auth/prove-identity';
import { limitCodes, proveSecondFactor, wrongCode } from '@/lib/auth/second-factor';
import type { SignedIn } from '@/lib/auth/user-session';
import { pool, withSystemTx } from '@/lib/db/client';

/**
 * Takes a person's password, or their code where they have no password, as proof that it is still they, for the next
 * half hour of this session. Throws as `proveIdentity` does.
 */
export async function renewProof(
  signedIn: SignedIn,
  { password, code, ip }: { password: string; code: string; ip: string | null },
): Promise<void> {
  const { id, email, hasPassword, hasSecondFactor } = signedIn.user;
  if (hasPassword || !hasSecondFactor) await proveIdentity(signedIn, password);
  else {
    await limitCodes(email, { ip });
    const isProven = await withSystemTx((tx) => proveSecondFactor(tx, id, code));
    if (!isProven) throw wrongCode();
  }
  await pool()`update user_sessions set proved_at = now() where id = ${signedIn.sessionId}`;
}
