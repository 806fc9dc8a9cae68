import { z } from 'zod';
import { Action, Frame, Paragraph, Title } from './frame';
import { defineSystemEmail } from './system-email';

/** Tells somebody of a change to how they sign in, so that one they did not make is seen. */
export const accountNotice = defineSystemEmail({
  props: z.object({
    email: z.string(),
    title: z.string(),
    happened: z.string(),
    toDo: z.string(),
    url: z.url({ protocol: /^https?$/ }),
  }),
  subject: ({ title }) => title,
  html: ({ email, title, happened, toDo, url }) => (
    <Frame title={title} preheader={happened} reason={`You are told because it concerns how ${email} signs in.`}>
      <Title>{title}</Title>
      <Paragraph>{happened}</Paragraph>
      <Paragraph>{toDo}</Paragraph>
      <Action href={url}>Look at your account</Action>
    </Frame>
  ),
  text: ({ title, happened, toDo, url }) => [title, happened, toDo, `Look at your account: ${url}`],
});
