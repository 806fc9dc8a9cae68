import { z } from 'zod';
import { STARTERS } from '@/emails/starters';
import { parseInput } from '@/lib/domain/parse-input';
import { type EmailTemplate, emailTemplateSchema, type SmsTemplate, smsTemplateSchema } from '@/lib/domain/template';
import { AppError } from '@/lib/errors';

export type TemplateChannel = 'email' | 'sms';
export type TemplateContent = { channel: 'email'; content: EmailTemplate } | { channel: 'sms'; content: SmsTemplate };

/** Content that is not judged yet: what it must be depends on the channel. */
export const templateContentInput = z
  .unknown()
  .describe(
    'For sms { text }; for email { subject, preheader?, language?, blocks }, as GET /templates/{templateId} has it',
  );

/** The content as the renderer takes it; throws `invalid` with the place of every mistake. */
export function parseContent(channel: TemplateChannel, content: unknown): TemplateContent {
  return channel === 'email'
    ? { channel, content: parseInput(emailTemplateSchema, content) }
    : { channel, content: parseInput(smsTemplateSchema, content) };
}

const BLANK = {
  email: {
    subject: 'Untitled',
    blocks: [{ type: 'text', content: 'Write here.' }, { type: 'footer' }],
  },
  sms: { text: 'Write here.' },
} as const;

/** What a new template starts from: given content, a starter by its id, or an almost empty one. */
export function startingContent(
  channel: TemplateChannel,
  given: unknown,
  starterId: string | undefined,
): TemplateContent {
  if (given !== undefined) return parseContent(channel, given);
  if (starterId === undefined) return parseContent(channel, BLANK[channel]);
  const starter = STARTERS.find(({ id }) => id === starterId);
  if (!starter || channel !== 'email') throw new AppError('not_found', 'This starter does not exist.');
  return parseContent('email', starter.email);
}
