import { after } from 'next/server';
import { sendSignInMail } from '@/lib/auth/system-mails';
import { reachMailServer } from '@/lib/channels/system-mail';
import { pool } from '@/lib/db/client';
import { env } from '@/lib/env';
import { describeError } from '@/lib/errors';

export const SIGN_IN_LINK_MINUTES = 15;

/**
 * Mails a sign-in link to an address that has an account, and does nothing for one that has none, with the same answer
 * after the same time. The link opens a page with a button: a mail scanner that visits it uses nothing up.
 */
export async function mailSignInLink(email: string, callback: URL): Promise<void> {
  await reachMailServer();
  const [user] = await pool()`
    select 1 from users where email = ${email} and disabled_at is null`;
  if (!user) return;
  const link = new URL('/sign-in/confirm', env().APP_URL);
  for (const key of ['token', 'email', 'callbackUrl']) link.searchParams.set(key, callback.searchParams.get(key) ?? '');
  after(async () => {
    try {
      await sendSignInMail(email, link.href, SIGN_IN_LINK_MINUTES);
    } catch (error) {
      console.error(JSON.stringify({ level: 'error', at: 'sign-in mail', detail: describeError(error) }));
    }
  });
}
