import { renderSVG } from 'uqr';
import { auditPerson } from '@/lib/auth/audit-person';
import { proveIdentity } from '@/lib/auth/prove-identity';
import { replaceRecoveryCodes } from '@/lib/auth/recovery-codes';
import { limitCodes, secretPlace, takeAppCode, wrongCode } from '@/lib/auth/second-factor';
import { newTotpSecret, totpAddress } from '@/lib/auth/totp';
import type { SignedIn } from '@/lib/auth/user-session';
import { pool, withSystemTx } from '@/lib/db/client';
import { AppError } from '@/lib/errors';
import { sealSecret } from '@/lib/features/secrets/envelope';

const ISSUER = 'Waybill';

export interface OfferedFactor {
  /** To be typed into an app that cannot see the picture. */
  secret: string;
  address: string;
  /** The address as a picture (a data: URL) for the app's camera; made here, so that nobody else sees it. */
  picture: string;
}

function alreadyOn(): AppError {
  return new AppError('conflict', 'Two-factor sign-in is on already. Turn it off first to set up another device.');
}

/**
 * Offers a new secret to be put into an app, after proof of who asks; nothing counts until a code of it comes back. An
 * earlier offer ends. Throws as `proveIdentity` does, and `conflict` while two-factor sign-in is on.
 */
export async function offerSecondFactor(signedIn: SignedIn, input: { password: string }): Promise<OfferedFactor> {
  if (signedIn.user.hasSecondFactor) throw alreadyOn();
  await proveIdentity(signedIn, input.password);
  const { id, email } = signedIn.user;
  const secret = newTotpSecret();
  const offered = await pool()`
    insert into second_factors (user_id, secret)
    select id, ${JSON.stringify(sealSecret(secretPlace(id), secret))}::text::jsonb from users
    where id = ${id} and second_factor_at is null
    on conflict (user_id) do update set secret = excluded.secret, last_step = null, created_at = now()`;
  if (offered.count === 0) throw alreadyOn();
  const address = totpAddress(secret, email, ISSUER);
  const svg = Buffer.from(renderSVG(address, { border: 4 }));
  return { secret, address, picture: `data:image/svg+xml;base64,${svg.toString('base64')}` };
}

/**
 * Turns two-factor sign-in on with the first code of the offered secret, and ends every other session. Returns ten
 * recovery codes, which are shown this once. Throws `invalid` for a wrong code, `gone` for an offer older than an hour.
 */
export async function turnOnSecondFactor(
  signedIn: SignedIn,
  { code, ip }: { code: string; ip: string | null },
): Promise<{ recoveryCodes: string[]; ended: number }> {
  const { id, email } = signedIn.user;
  await limitCodes(email, { ip });
  return await withSystemTx(async (tx) => {
    const { sql } = tx;
    const [offer] = await sql`
      select 1 from second_factors where user_id = ${id} and created_at > now() - interval '1 hour' for update`;
    if (!offer) throw new AppError('gone', 'This set-up is too old. Begin it again.');
    const turned = await sql`
      update users set second_factor_at = now() where id = ${id} and second_factor_at is null`;
    if (turned.count === 0) throw alreadyOn();
    if (!(await takeAppCode(tx, id, code.replace(/\s/g, '')))) throw wrongCode();
    const recoveryCodes = await replaceRecoveryCodes(tx, id);
    await sql`update user_sessions set second_factor_at = now(), proved_at = now() where id = ${signedIn.sessionId}`;
    const ended = await sql`
      update user_sessions set revoked_at = now()
      where user_id = ${id} and id <> ${signedIn.sessionId} and revoked_at is null and expires_at > now()`;
    await auditPerson(tx, signedIn, 'second_factor.turned_on', { ended: ended.count });
    return { recoveryCodes, ended: ended.count };
  });
}
