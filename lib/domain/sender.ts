import { z } from 'zod';
import { parseEmailAddress } from './email-address';

const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((text) => !/\p{Cc}/u.test(text), { error: 'This must be a single line without control characters.' });

const emailAddress = z.string().transform((text, issues) => {
  const parsed = parseEmailAddress(text);
  if (parsed.ok) return parsed.email;
  issues.addIssue({ code: 'custom', message: `“${text.slice(0, 80)}” ${parsed.message}.` });
  return z.NEVER;
});

const domain = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z0-9-]{2,63}$/, { error: 'This is not a domain.' });

const SMS_SENDER = /^(?:\+[1-9]\d{6,14}|\d{3,8}|MG[0-9a-f]{32}|(?=.*[A-Za-z])[A-Za-z0-9 &._+-]{1,11})$/;

const base = {
  name: line(80).refine((text) => text !== '', { error: 'A name is missing.' }),
  providerAccountId: z.string().min(1, { error: 'A provider is missing.' }),
};

/**
 * Whom messages come from. A text message comes from a number (E.164), a short code, a messaging service, or up to
 * eleven letters and digits (3GPP TS 23.040 §9.1.2.5), to which nobody can answer.
 */
export const senderSchema = z.discriminatedUnion('channel', [
  z.object({
    channel: z.literal('email'),
    ...base,
    fromName: line(120).nullable().default(null),
    address: emailAddress,
    replyTo: emailAddress.nullable().default(null),
    /** Where bounces go; its mail must reach the bounce mailbox. */
    bounceDomain: domain.nullable().default(null),
  }),
  z.object({
    channel: z.literal('sms'),
    ...base,
    address: z.string().trim().regex(SMS_SENDER, {
      error: 'Use a number such as +6591234567, a short code, or up to eleven letters and digits.',
    }),
  }),
]);
export type SenderInput = z.input<typeof senderSchema>;
export type SenderSettings = z.output<typeof senderSchema>;
