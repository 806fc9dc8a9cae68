import { z } from 'zod';
import { Action, Frame, Paragraph, Title } from './frame';
import { defineSystemEmail } from './system-email';

export const unsubscribed = defineSystemEmail({
  props: z.object({
    senderName: z.string(),
    email: z.string(),
    /** Left out when the person left everything. */
    listName: z.string().optional(),
    preferencesUrl: z.url({ protocol: /^https?$/ }),
  }),
  subject: ({ senderName }) => `You are unsubscribed from ${senderName}`,
  html: (props) => (
    <Frame
      title="You are unsubscribed"
      preheader={confirmation(props)}
      reason={`This is the last email about it to ${props.email}.`}
    >
      <Title>You are unsubscribed</Title>
      <Paragraph>{confirmation(props)}</Paragraph>
      <Paragraph>{NOTE}</Paragraph>
      <Action href={props.preferencesUrl}>Change my mind</Action>
    </Frame>
  ),
  text: (props) => ['You are unsubscribed', confirmation(props), NOTE, `Change my mind: ${props.preferencesUrl}`],
});

const NOTE = 'It takes effect at once. Messages about a contract or an order may still reach you.';

function confirmation(props: { senderName: string; listName?: string }): string {
  return props.listName
    ? `${props.senderName} will not send you “${props.listName}” any more.`
    : `${props.senderName} will not send you offers or newsletters any more.`;
}
