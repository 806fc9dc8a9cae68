import { takeRecoveryCode } from '@/lib/auth/recovery-codes';
import type { RequestOrigin } from '@/lib/auth/request-origin';
import { limitSignIn } from '@/lib/auth/sign-in-limits';
import { stepOfCode } from '@/lib/auth/totp';
import type { Tx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { openSecret, type SecretPlace } from '@/lib/features/secrets/envelope';

export type ProvenBy = 'app' | 'recovery_code';

/** A person belongs to no workspace; their secret is bound to them alone. */
export function secretPlace(userId: string): SecretPlace {
  return { workspaceId: '', table: 'second_factors', column: 'secret', id: userId };
}

/** Takes a code of the app that holds this secret, and never the same or an earlier one again (OWASP ASVS 5.0 6.5.1). */
export async function takeAppCode({ sql }: Pick<Tx, 'sql'>, userId: string, code: string): Promise<boolean> {
  const [factor] = await sql<{ secret: unknown }[]>`
    select secret from second_factors where user_id = ${userId} for update`;
  const step = factor ? stepOfCode(openSecret(secretPlace(userId), factor.secret), code, Date.now()) : null;
  if (step === null) return false;
  const taken = await sql`
    update second_factors set last_step = ${step}
    where user_id = ${userId} and (last_step is null or last_step < ${step})`;
  return taken.count > 0;
}

/** Uses up a code of the app or a recovery code; null for any other text. */
export async function proveSecondFactor(tx: Pick<Tx, 'sql'>, userId: string, typed: string): Promise<ProvenBy | null> {
  const digits = typed.replace(/\s/g, '');
  if (/^\d{6}$/.test(digits)) return (await takeAppCode(tx, userId, digits)) ? 'app' : null;
  return (await takeRecoveryCode(tx, userId, typed)) ? 'recovery_code' : null;
}

export function wrongCode(): AppError {
  const message = 'This code is not right, or was used already. Wait for the next one in your app.';
  return new AppError('invalid', message, { issues: [{ path: 'code', message }] });
}

/** Counts one try at a code like one at a password, for the account, the network and both; throws `limit`. */
export async function limitCodes(email: string, { ip }: Pick<RequestOrigin, 'ip'>): Promise<void> {
  const { allowed, retryAfterMs } = await limitSignIn('code', email, ip);
  if (allowed) return;
  const seconds = Math.ceil(retryAfterMs / 1000);
  throw new AppError(
    'limit',
    `That were many tries. Try again in ${seconds > 90 ? `${Math.ceil(seconds / 60)} minutes` : `${seconds} seconds`}.`,
  );
}
