import { renderSystemEmail } from '@/emails/system/render';
import { sendSystemMail } from '@/lib/channels/system-mail';
import { env } from '@/lib/env';

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
