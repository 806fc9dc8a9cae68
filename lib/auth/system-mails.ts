import { renderSystemEmail } from '@/emails/system/render';
import { sendSystemMail } from '@/lib/channels/system-mail';
import { env } from '@/lib/env';
import { describeError } from '@/lib/errors';

/** Mails a link that signs in once. */
export async function sendSignInMail(to: string, url: string, validMinutes: number): Promise<void> {
  await sendSystemMail({ to, ...(await renderSystemEmail('sign-in', { url, email: to, validMinutes })) });
}

interface InvitationMail {
  to: string;
  workspaceName: string;
  inviterName: string;
  roleLabel: string;
  token: string;
  expiresAt: Date;
  timeZone: string;
}

/** The address an invitation's token opens. */
export function invitationUrl(token: string): string {
  return new URL(`/invitation/${token}`, env().APP_URL).href;
}

/** Mails an invitation; throws `precondition` in words when mail cannot be sent. */
export async function sendInvitationMail(mail: InvitationMail): Promise<void> {
  const { to, workspaceName, inviterName, roleLabel, token, expiresAt, timeZone } = mail;
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'full', timeStyle: 'short', timeZone });
  const rendered = await renderSystemEmail('invitation', {
    workspaceName,
    inviterName,
    role: roleLabel,
    url: invitationUrl(token),
    validUntil: `${format.format(expiresAt)} (${timeZone.replaceAll('_', ' ')})`,
  });
  await sendSystemMail({ to, ...rendered });
}

const NOT_YOU = 'Was that not you? Change your password at once, and tell an owner of your workspace.';

/** What a person is told by mail about their own account. */
export const ACCOUNT_NEWS = {
  turnedOn: {
    title: 'Two-factor sign-in is on',
    happened: 'From now on signing in also takes a code of your app. All other sessions were signed out.',
    toDo: NOT_YOU,
  },
  turnedOff: {
    title: 'Two-factor sign-in is off',
    happened: 'Signing in no longer takes a code. All other sessions were signed out.',
    toDo: NOT_YOU,
  },
  renewed: {
    title: 'You have new recovery codes',
    happened: 'Ten new recovery codes were made for your account; the earlier ones do not work any more.',
    toDo: NOT_YOU,
  },
} as const;

export interface AccountNews {
  title: string;
  happened: string;
  toDo: string;
}

/** A recovery code opened the account. */
export function recoveryCodeNews(left: number): AccountNews {
  const rest = left === 1 ? 'One is left.' : `${left === 0 ? 'None' : left} are left.`;
  return {
    title: 'A recovery code was used to sign in',
    happened: `Somebody signed in to your account with a recovery code. It does not work again. ${rest}`,
    toDo: `Make new ones under Settings, Profile, before they run out. ${NOT_YOU}`,
  };
}

/** Somebody else took the second factor off the account. */
export function resetNews(by: string): AccountNews {
  return {
    title: 'Your two-factor sign-in was reset',
    happened: `${by} took two-factor sign-in off your account. You were signed out everywhere.`,
    toDo: `Sign in with your password or a link, and set it up again under Settings, Profile. If you did not ask for this, tell an owner of your workspace.`,
  };
}

/** Tells a person by mail; a mail that cannot be sent is logged and undoes nothing. */
export async function sendAccountNews(to: string, news: AccountNews): Promise<void> {
  if (!env().WAYBILL_MAIL_URL) return;
  try {
    const url = new URL('/settings/profile', env().APP_URL).href;
    await sendSystemMail({ to, ...(await renderSystemEmail('account-notice', { email: to, url, ...news })) });
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', at: 'account mail', detail: describeError(error) }));
  }
}
