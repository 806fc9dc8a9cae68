import nodemailer, { type Transporter } from 'nodemailer';
import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

export interface SystemMail {
  /** Exactly one address, already validated. */
  to: string;
  subject: string;
  html: string;
  text: string;
  /** Stable over repeated attempts of the same message, so that a mailbox can tell a repetition. */
  messageId?: string;
  date?: Date;
}

let opened: { url: string; transport: Transporter } | undefined;

function transport(): Transporter {
  const url = env().WAYBILL_MAIL_URL;
  if (!url) {
    throw new AppError(
      'precondition',
      'This installation cannot send mail yet: WAYBILL_MAIL_URL is not set. Nothing was sent.',
    );
  }
  if (opened?.url !== url) {
    const timeouts = { connectionTimeout: 5000, greetingTimeout: 5000, socketTimeout: 20_000 };
    opened = { url, transport: nodemailer.createTransport({ url, ...timeouts }) };
  }
  return opened.transport;
}

function unreachable(cause: unknown): AppError {
  return new AppError('precondition', 'The mail server did not take the message. Nothing was sent; try again soon.', {
    cause,
  });
}

/** Whether the mail server answers and lets us in; throws `precondition` in words if not. Sends nothing. */
export async function reachMailServer(): Promise<void> {
  await transport()
    .verify()
    .catch((error) => {
      throw unreachable(error);
    });
}

/** Hands one of our own messages (sign-in, invitation) to WAYBILL_MAIL_URL; returns once the server has taken it. */
export async function sendSystemMail({ to, subject, html, text, messageId, date }: SystemMail): Promise<void> {
  await transport()
    .sendMail({
      from: env().WAYBILL_MAIL_FROM,
      to: { name: '', address: to },
      subject,
      html,
      text,
      ...(messageId === undefined ? {} : { messageId }),
      ...(date === undefined ? {} : { date }),
      headers: { 'Auto-Submitted': 'auto-generated' },
      disableFileAccess: true,
      disableUrlAccess: true,
    })
    .catch((error) => {
      throw unreachable(error);
    });
}
