import { render } from 'react-email';
import type { z } from 'zod';
import { accountNotice } from './account-notice';
import { alarm } from './alarm';
import { invitation } from './invitation';
import { receipt } from './receipt';
import { signIn } from './sign-in';
import { unsubscribed } from './unsubscribed';

const SYSTEM_EMAILS = {
  'sign-in': signIn,
  invitation,
  receipt,
  alarm,
  unsubscribed,
  'account-notice': accountNotice,
} as const;

export type SystemEmailName = keyof typeof SYSTEM_EMAILS;
export type SystemEmailProps<N extends SystemEmailName> = z.input<(typeof SYSTEM_EMAILS)[N]['props']>;

export interface RenderedSystemEmail {
  subject: string;
  html: string;
  text: string;
}

export async function writeSystemEmail<N extends SystemEmailName>(
  name: N,
  props: SystemEmailProps<N>,
): Promise<RenderedSystemEmail> {
  const { subject, html, text } = SYSTEM_EMAILS[name].write(props);
  return { subject, html: await render(html), text };
}
