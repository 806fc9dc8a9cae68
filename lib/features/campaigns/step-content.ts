import { type CompiledEmail, compileEmail, type PreparedEmail, prepareEmail, renderParts } from '@/emails/render';
import type { Tx } from '@/lib/db/client';
import type { CampaignDraft, MessageStep } from '@/lib/domain/campaign';
import { type CompiledSms, compileSms, type RenderedSms, renderSms } from '@/lib/domain/sms-segments';
import { type EmailTemplate, emailTemplateSchema, smsTemplateSchema } from '@/lib/domain/template';
import { analyseEmail, analyseSms } from '@/lib/domain/template-analysis';
import { publicUrl } from '@/lib/env';
import type { FrozenSender } from '@/lib/features/campaigns/frozen-version';

interface ContentBase {
  step: MessageStep;
  sender: FrozenSender | null;
  /** Contact fields the content reads, and those it prints without a fallback. */
  fields: string[];
  withoutFallback: string[];
}
export type EmailContent = ContentBase & { kind: 'email'; template: EmailTemplate; compiled: CompiledEmail };
export type SmsContent = ContentBase & { kind: 'sms'; compiled: CompiledSms };
export type StepContent = EmailContent | SmsContent;

export interface ContentWorkspace {
  name: string;
  settings: { postalAddress?: string; logoUrl?: string };
}

async function senderOf({ sql }: Tx, workspaceId: string, step: MessageStep): Promise<FrozenSender | null> {
  const [row] = await sql<FrozenSender[]>`
    select id, from_name as name, address, reply_to as "replyTo", bounce_domain as "bounceDomain",
           provider_account_id as "providerAccountId"
    from senders where workspace_id = ${workspaceId} and id = ${step.senderId} and channel = ${step.kind}
      and archived_at is null`;
  return row ?? null;
}

async function contentOf(tx: Tx, ws: string, workspace: ContentWorkspace, step: MessageStep) {
  const [row] = await tx.sql<{ content: unknown }[]>`
    select content from templates where workspace_id = ${ws} and id = ${step.templateId} and channel = ${step.kind}
      and archived_at is null`;
  if (!row) return null;
  const sender = await senderOf(tx, ws, step);
  if (step.kind === 'sms') {
    const parsed = smsTemplateSchema.safeParse(row.content);
    if (!parsed.success) return null;
    const { fields, withoutFallback } = analyseSms(parsed.data, []);
    return { kind: 'sms' as const, step, sender, fields, withoutFallback, compiled: compileSms(parsed.data.text) };
  }
  const parsed = emailTemplateSchema.safeParse(row.content);
  if (!parsed.success) return null;
  const template = parsed.data;
  const { fields, withoutFallback } = analyseEmail(template, []);
  const { postalAddress = '', logoUrl } = workspace.settings;
  const compiled = await compileEmail(template, {
    trackLinks: false,
    trackOpens: false,
    baseUrl: publicUrl(),
    postalAddress,
    brand: { name: workspace.name, ...(logoUrl ? { logoUrl } : {}) },
  });
  return { kind: 'email' as const, step, sender, template, fields, withoutFallback, compiled };
}

/** The content of every message step as it would be frozen now, untracked; steps that are not ready yet are left out. */
export async function loadStepContents(
  tx: Tx,
  workspaceId: string,
  draft: Pick<CampaignDraft, 'flow'>,
): Promise<{ workspace: ContentWorkspace; contents: StepContent[] }> {
  const [row] = await tx.sql<ContentWorkspace[]>`select name, settings from workspaces where id = ${workspaceId}`;
  const workspace = row ?? { name: '', settings: {} };
  const contents: StepContent[] = [];
  for (const step of draft.flow) {
    if (step.kind !== 'email' && step.kind !== 'sms') continue;
    const content = await contentOf(tx, workspaceId, workspace, step);
    if (content) contents.push(content);
  }
  return { workspace, contents };
}

/** Values as a message renders them: the contact's own, and the workspace's. */
export function messageValues(workspace: ContentWorkspace, values: Record<string, unknown>): Record<string, unknown> {
  return { ...values, workspace: { name: workspace.name, postal_address: workspace.settings.postalAddress ?? '' } };
}

/** Links of a message that belongs to no delivery: they open the public pages, which say that nothing was changed. */
export function inertLinks(): { unsubscribeUrl: string; preferencesUrl: string } {
  const base = publicUrl().replace(/\/+$/, '');
  return { unsubscribeUrl: `${base}/u/preview`, preferencesUrl: `${base}/preferences/preview` };
}

export interface RenderedEmail {
  subject: string;
  html: string;
  text: string;
}
const prepared = new WeakMap<CompiledEmail, PreparedEmail>();

/** One contact's email, as it would be read. Throws `ContentError`. */
export function renderEmailFor(content: EmailContent, values: Record<string, unknown>): RenderedEmail {
  let ready = prepared.get(content.compiled);
  if (!ready) {
    ready = prepareEmail(content.compiled, { from: { email: content.sender?.address ?? 'preview@localhost' } });
    prepared.set(content.compiled, ready);
  }
  const { subject, html, text } = renderParts(ready, {
    to: 'preview@localhost',
    values,
    messageId: 'preview@localhost',
    date: new Date(0),
    ...inertLinks(),
  });
  return { subject, html, text };
}

/** One contact's text message. Throws `ContentError`. */
export function renderSmsFor(content: SmsContent, values: Record<string, unknown>): RenderedSms {
  return renderSms(content.compiled, values);
}
