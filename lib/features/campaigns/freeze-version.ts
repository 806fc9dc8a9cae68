import { createHash } from 'node:crypto';
import { compileEmail } from '@/emails/render';
import type { Tx } from '@/lib/db/client';
import type { WorkspaceSettings } from '@/lib/db/schema/auth';
import type { CampaignDraft, FlowStep } from '@/lib/domain/campaign';
import { hoursOf, settledHours } from '@/lib/domain/send-hours';
import { compileSms } from '@/lib/domain/sms-segments';
import { emailTemplateSchema, smsTemplateSchema } from '@/lib/domain/template';
import { analyseEmail, analyseSms } from '@/lib/domain/template-analysis';
import { AppError } from '@/lib/errors';
import type { FrozenSender, FrozenStep, FrozenVersion } from '@/lib/features/campaigns/frozen-version';
import { canonicalJson } from '@/lib/features/history/canonical-json';
import { segmentRulesOf } from '@/lib/features/segments/segment-rules-of';

interface Workspace {
  name: string;
  timeZone: string;
  settings: Pick<WorkspaceSettings, 'postalAddress' | 'trackOpens' | 'trackClicks' | 'logoUrl' | 'sendHours'>;
}

async function workspaceOf(tx: Tx, workspaceId: string): Promise<Workspace> {
  const [row] = await tx.sql<Workspace[]>`
    select name, time_zone as "timeZone", settings from workspaces where id = ${workspaceId}`;
  if (!row) throw new AppError('not_found', 'This workspace does not exist.');
  return row;
}

async function senderOf(
  tx: Tx,
  workspaceId: string,
  step: { name: string; senderId: string; kind: string },
): Promise<FrozenSender> {
  const [row] = await tx.sql<FrozenSender[]>`
    select s.id, s.from_name as name, s.address, s.reply_to as "replyTo", s.bounce_domain as "bounceDomain",
           s.provider_account_id as "providerAccountId"
    from senders s join provider_accounts a on a.id = s.provider_account_id and a.archived_at is null
    where s.workspace_id = ${workspaceId} and s.id = ${step.senderId} and s.channel = ${step.kind} and s.archived_at is null`;
  if (!row)
    throw new AppError(
      'precondition',
      `The step “${step.name}” has no working sender. Choose one in the campaign; nothing was launched.`,
    );
  return row;
}

async function templateOf(
  tx: Tx,
  workspaceId: string,
  step: { name: string; templateId: string; kind: string },
): Promise<unknown> {
  const [row] = await tx.sql<{ content: unknown }[]>`
    select content from templates where workspace_id = ${workspaceId} and id = ${step.templateId} and channel = ${step.kind}
      and archived_at is null`;
  if (!row)
    throw new AppError(
      'precondition',
      `The step “${step.name}” has no template. Choose one in the campaign; nothing was launched.`,
    );
  return row.content;
}

async function freezeStep(
  tx: Tx,
  workspaceId: string,
  workspace: Workspace,
  step: FlowStep,
  baseUrl: string,
  fields: Set<string>,
): Promise<FrozenStep> {
  if (step.kind === 'wait') return step;
  if (step.onlyIf?.kind === 'attribute') fields.add(step.onlyIf.field);
  if (step.kind === 'condition') return step;
  const base = {
    id: step.id,
    name: step.name,
    continueWhen: step.continueWhen,
    ...(step.onlyIf ? { onlyIf: step.onlyIf } : {}),
  };
  if (step.kind === 'record') {
    for (const column of step.columns) fields.add(column);
    return { ...base, kind: 'record', sink: step.sink, columns: step.columns };
  }
  const sender = await senderOf(tx, workspaceId, step);
  const content = await templateOf(tx, workspaceId, step);
  if (step.kind === 'sms') {
    const template = smsTemplateSchema.parse(content);
    for (const field of analyseSms(template, []).fields) fields.add(field);
    return { ...base, kind: 'sms', sender, templateId: step.templateId, content: compileSms(template.text) };
  }
  const template = emailTemplateSchema.parse(content);
  for (const field of analyseEmail(template, []).fields) fields.add(field);
  const compiled = await compileEmail(template, {
    trackLinks: workspace.settings.trackClicks ?? true,
    trackOpens: workspace.settings.trackOpens ?? true,
    baseUrl,
    postalAddress: workspace.settings.postalAddress ?? '',
    brand: { name: workspace.name, ...(workspace.settings.logoUrl ? { logoUrl: workspace.settings.logoUrl } : {}) },
  });
  return { ...base, kind: 'email', sender, templateId: step.templateId, content: compiled };
}

/**
 * Freezes a draft: content compiled, senders, segment rules and policy copied, so that nothing edited later can change
 * what this version sends. Throws `precondition` naming the step that is not ready.
 */
export async function freezeVersion(
  tx: Tx,
  workspaceId: string,
  campaign: { name: string; draft: CampaignDraft },
  baseUrl: string,
): Promise<{ frozen: FrozenVersion; contentSha256: string }> {
  const workspace = await workspaceOf(tx, workspaceId);
  const { schedule } = campaign.draft;
  const fields = new Set<string>();
  const flow: FrozenStep[] = [];
  for (const step of campaign.draft.flow)
    flow.push(await freezeStep(tx, workspaceId, workspace, step, baseUrl, fields));
  const hours = settledHours(campaign.draft.policy.hours, workspace.settings.sendHours);
  // whose clock decides must be known when their turn comes
  const isByContact = flow.some(
    ({ kind }) => (kind === 'email' || kind === 'sms') && hoursOf(kind, hours, undefined)?.whose === 'contact',
  );
  if (isByContact) fields.add('time_zone');
  const frozen: FrozenVersion = {
    campaignName: campaign.name,
    flow,
    audience: campaign.draft.audience,
    segmentRules: await segmentRulesOf(tx, workspaceId, campaign.draft.audience),
    policy: { ...campaign.draft.policy, hours },
    ...(schedule.kind === 'event' && { trigger: { event: schedule.event } }),
    ...(schedule.kind === 'recurring' && {
      recurrence: { ...schedule, timeZone: schedule.timeZone ?? workspace.timeZone },
    }),
    notify: campaign.draft.notify,
    fields: [...fields].filter((field) => !field.startsWith('workspace.')).sort(),
    workspace: {
      name: workspace.name,
      postalAddress: workspace.settings.postalAddress ?? '',
      timeZone: workspace.timeZone,
    },
  };
  return { frozen, contentSha256: createHash('sha256').update(canonicalJson(frozen)).digest('hex') };
}
