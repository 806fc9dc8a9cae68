import { z } from 'zod';
import { Action, Facts, Frame, Paragraph, Stamp, Title } from './frame';
import { alignedText } from './strip';
import { defineSystemEmail } from './system-email';

export const alarm = defineSystemEmail({
  props: z.object({
    workspaceName: z.string(),
    /** What happened, as a headline. */
    title: z.string(),
    /** Uppercase state, such as PAUSED. */
    stamp: z.string().optional(),
    happened: z.string(),
    kept: z.string(),
    toDo: z.string(),
    facts: z.array(z.object({ label: z.string(), value: z.string() })).default([]),
    action: z.object({ label: z.string(), url: z.url({ protocol: /^https?$/ }) }),
  }),
  subject: ({ title, workspaceName }) => `${title} (${workspaceName})`,
  html: ({ workspaceName, title, stamp, happened, kept, toDo, facts, action }) => (
    <Frame
      title={title}
      preheader={happened}
      reason={`You are told about alarms in ${workspaceName}. Change that in its settings.`}
    >
      <Stamp isAlert>{stamp ?? 'Needs you'}</Stamp>
      <Title>{title}</Title>
      <Paragraph>{happened}</Paragraph>
      <Paragraph>{kept}</Paragraph>
      <Paragraph>
        <strong>{toDo}</strong>
      </Paragraph>
      {facts.length > 0 && <Facts facts={facts} />}
      <Action href={action.url}>{action.label}</Action>
    </Frame>
  ),
  text: ({ workspaceName, title, happened, kept, toDo, facts, action }) => [
    title,
    happened,
    kept,
    toDo,
    ...(facts.length > 0 ? [alignedText(facts.map(({ label, value }) => [label, value] as const))] : []),
    `${action.label}: ${action.url}`,
    `You are told about alarms in ${workspaceName}. Change that in its settings.`,
  ],
});
