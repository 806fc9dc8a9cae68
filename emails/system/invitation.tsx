import { z } from 'zod';
import { Action, Facts, Frame, Paragraph, Title } from './frame';
import { defineSystemEmail } from './system-email';

export const invitation = defineSystemEmail({
  props: z.object({
    workspaceName: z.string(),
    inviterName: z.string(),
    role: z.string(),
    url: z.url({ protocol: /^https?$/ }),
    /** Already in words and the reader's zone. */
    validUntil: z.string(),
  }),
  subject: ({ inviterName, workspaceName }) => `${inviterName} invites you to ${workspaceName}`,
  html: ({ workspaceName, inviterName, role, url, validUntil }) => (
    <Frame
      title={`Join ${workspaceName}`}
      preheader={`Accept until ${validUntil}.`}
      reason={`${inviterName} entered your address. If you do not know them, ignore this email; no account is made.`}
    >
      <Title>{`Join ${workspaceName}`}</Title>
      <Paragraph>{`${inviterName} invites you to work on campaigns in ${workspaceName}.`}</Paragraph>
      <Facts
        facts={[
          { label: 'Your role', value: role },
          { label: 'Valid until', value: validUntil },
        ]}
      />
      <Action href={url}>Accept the invitation</Action>
      <Paragraph isQuiet>{url}</Paragraph>
    </Frame>
  ),
  text: ({ workspaceName, inviterName, role, url, validUntil }) => [
    `Join ${workspaceName}`,
    `${inviterName} invites you to work on campaigns in ${workspaceName}.`,
    `Your role: ${role}\nValid until: ${validUntil}`,
    `Accept the invitation: ${url}`,
    'If you do not know them, ignore this email; no account is made.',
  ],
});
