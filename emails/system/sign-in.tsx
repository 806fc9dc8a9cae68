import { z } from 'zod';
import { Action, Frame, Paragraph, Title } from './frame';
import { defineSystemEmail } from './system-email';

export const signIn = defineSystemEmail({
  props: z.object({
    url: z.url({ protocol: /^https?$/ }),
    email: z.string(),
    validMinutes: z.number().int().positive(),
  }),
  subject: () => 'Your link to sign in to Waybill',
  html: ({ url, email, validMinutes }) => (
    <Frame
      title="Sign in to Waybill"
      preheader={`The link works once, for ${validMinutes} minutes.`}
      reason={`Somebody asked to sign in as ${email}. If that was not you, ignore this email; nothing has happened.`}
    >
      <Title>Sign in to Waybill</Title>
      <Paragraph>{`This link signs you in as ${email}. It works once, for ${validMinutes} minutes.`}</Paragraph>
      <Action href={url}>Sign in</Action>
      <Paragraph isQuiet>If the button does not work, open this address:</Paragraph>
      <Paragraph isQuiet>{url}</Paragraph>
    </Frame>
  ),
  text: ({ url, email, validMinutes }) => [
    'Sign in to Waybill',
    `This link signs you in as ${email}. It works once, for ${validMinutes} minutes.`,
    url,
    'If you did not ask for it, ignore this email; nothing has happened.',
  ],
});
