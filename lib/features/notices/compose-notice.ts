import { z } from 'zod';
import { renderSystemEmail } from '@/emails/system/render';
import { escapeHtml } from '@/lib/domain/escape';
import type { ComposedNotice } from '@/lib/domain/notice';
import { env } from '@/lib/env';
import { composeOccurrenceNotice } from '@/lib/features/notices/compose-occurrence-notice';
import { composeRunNotice } from '@/lib/features/notices/compose-run-notice';

export interface NoticeFacts {
  workspaceId: string;
  workspaceName: string;
  timeZone: string;
  topic: string;
  target: string;
  payload: Record<string, unknown>;
}

const runSchema = z.object({
  runId: z.string(),
  event: z.string(),
  detail: z.string(),
  wave: z
    .number()
    .nullish()
    .transform((wave) => wave ?? null),
});
const occurrenceSchema = z.object({
  campaignId: z.string(),
  event: z.enum(['missed', 'skipped']),
  detail: z.string(),
  name: z.string(),
  plannedAt: z.string(),
  planned: z.string(),
  words: z.string(),
  url: z.url(),
});
const unsubscribedSchema = z.object({ workspaceName: z.string(), preferencesUrl: z.url() });
const plainSchema = z.object({ subject: z.string().optional(), text: z.string().optional() });

/** Says a notice in every form at once. Topics without words of their own use `subject` and `text` of the payload. */
export async function composeNotice(notice: NoticeFacts): Promise<ComposedNotice> {
  const { topic, payload } = notice;
  const run = topic.startsWith('run.') ? runSchema.safeParse(payload) : null;
  if (run?.success) return composeRunNotice({ ...notice, ...run.data, baseUrl: env().APP_URL });
  const occurrence = topic.startsWith('campaign.occurrence_') ? occurrenceSchema.safeParse(payload) : null;
  if (occurrence?.success) return composeOccurrenceNotice(notice.workspaceName, occurrence.data);
  const unsubscribed = topic === 'contact.unsubscribed' ? unsubscribedSchema.safeParse(payload) : null;
  if (unsubscribed?.success) {
    const { workspaceName: senderName, preferencesUrl } = unsubscribed.data;
    const email = await renderSystemEmail('unsubscribed', { senderName, email: notice.target, preferencesUrl });
    return { ...email, short: email.subject, data: payload };
  }
  const plain = plainSchema.parse(payload);
  const subject = (plain.subject ?? `${notice.workspaceName}: ${topic}`).replace(/[\p{Cc}\s]+/gu, ' ').trim();
  const text = plain.text ?? subject;
  const html = `<p style="white-space:pre-line;font-family:sans-serif">${escapeHtml(text)}</p>`;
  return { subject, html, text, short: plain.text ? `${subject}: ${text}`.slice(0, 600) : subject, data: payload };
}
