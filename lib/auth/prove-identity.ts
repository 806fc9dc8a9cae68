import { verifyPassword } from '@/lib/auth/password';
import { takeToken } from '@/lib/auth/token-bucket';
import type { SignedIn } from '@/lib/auth/user-session';
import { pool } from '@/lib/db/client';
import { AppError } from '@/lib/errors';

/** For how long a proof of who somebody is counts before a sensitive act (OWASP ASVS 5.0 7.5.1). */
export const PROOF_MINUTES = 30;

export function isProofFresh({ provedAt, startedBy }: Pick<SignedIn, 'provedAt' | 'startedBy'>): boolean {
  return startedBy === 'demo' || Date.now() - provedAt.getTime() < PROOF_MINUTES * 60_000;
}

/**
 * Makes sure once more that it is the person themselves: by their password, or, where they have none, by a sign-in not
 * long ago. Throws `invalid` for a wrong password, `forbidden` for an old sign-in, `limit` after too many tries.
 */
export async function proveIdentity(signedIn: SignedIn, password: string): Promise<void> {
  const { id, hasPassword } = signedIn.user;
  if (!hasPassword) {
    if (isProofFresh(signedIn)) return;
    throw new AppError(
      'forbidden',
      `You signed in more than ${PROOF_MINUTES} minutes ago. Sign out, sign in by a new link, then do this.`,
    );
  }
  const guess = await takeToken(`password:change:${id}`, { capacity: 6, refillMs: 30_000 });
  if (!guess.allowed) throw new AppError('limit', 'That were many tries. Wait a minute, then try again.');
  const [user] = await pool()<{ hash: string | null }[]>`select password_hash as hash from users where id = ${id}`;
  if (password.length <= 1000 && (await verifyPassword(password, user?.hash ?? null))) return;
  const message = 'This is not your password.';
  throw new AppError('invalid', `Nothing was changed. ${message}`, { issues: [{ path: 'password', message }] });
}
