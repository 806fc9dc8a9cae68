import type { SystemMail } from '@/lib/channels/system-mail';

type Rendered = Omit<SystemMail, 'to'>;

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

function render(subject: string, lines: string[], button: string, link: string, after: string): Rendered {
  const style = 'font:16px/1.5 system-ui,sans-serif;color:#141b28';
  const paragraphs = lines.map((line) => `<p style="${style}">${escapeHtml(line)}</p>`).join('');
  const html = `<!doctype html><html lang="en"><meta charset="utf-8"><title>${escapeHtml(subject)}</title><body style="background:#fbfaf6;padding:32px">
<div style="max-width:480px;margin:auto">${paragraphs}<p><a href="${escapeHtml(link)}" style="display:inline-block;background:#141b28;color:#fbfaf6;padding:10px 20px;border-radius:6px;text-decoration:none;${style};color:#fbfaf6">${escapeHtml(button)}</a></p>
<p style="${style};color:#656b78;font-size:14px">${escapeHtml(after)}</p></div></body></html>`;
  return { subject, html, text: `${lines.join('\n\n')}\n\n${button}:\n${link}\n\n${after}\n` };
}

/** The mail with a sign-in link. */
export async function signInMail({ name, link }: { name: string; link: string }): Promise<Rendered> {
  const after = 'The link works once and for 15 minutes. If you did not ask for it, nothing happens if you leave it.';
  return render('Sign in to Waybill', [`Hello ${name},`, 'here is your link to sign in.'], 'Sign in', link, after);
}

interface InvitationMail {
  workspace: string;
  inviter: string;
  role: string;
  link: string;
}

/** The mail that invites somebody to a workspace. */
export async function invitationMail({ workspace, inviter, role, link }: InvitationMail): Promise<Rendered> {
  const what = `${inviter} invites you to work in ${workspace} on Waybill as ${role}.`;
  const after = 'The invitation is for you alone and ends after 7 days.';
  return render(`Join ${workspace} on Waybill`, ['Hello,', what], 'Accept the invitation', link, after);
}
