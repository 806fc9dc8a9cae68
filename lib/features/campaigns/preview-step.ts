import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { ContentError } from '@/lib/domain/content-error';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { snapshotOf } from '@/lib/features/audience/member-query';
import { findCampaign } from '@/lib/features/campaigns/get-campaign';
import { MADE_UP, type PersonKey } from '@/lib/features/campaigns/preflight-people';
import {
  loadStepContents,
  messageValues,
  renderEmailFor,
  renderSmsFor,
  type StepContent,
} from '@/lib/features/campaigns/step-content';

export const previewStepSchema = z.object({
  campaignId: z.string(),
  stepId: z.string(),
  /** Whose values; without one those of a contact that has none. */
  contactId: z.string().nullable().default(null),
  /** Puts the made-up name of a worst case over them. */
  madeUp: z.string().max(40).nullable().default(null),
});

export type StepPreview =
  | { kind: 'email'; from: string; subject: string; html: string; text: string }
  | { kind: 'sms'; from: string; text: string; segments: number; encoding: string }
  | { kind: 'problem'; message: string };

/** The values a contact would be sent with. Throws `not_found`. */
export async function valuesOfContact(
  { sql }: Tx,
  workspaceId: string,
  contactId: string,
  fields: readonly string[],
): Promise<Record<string, unknown>> {
  const [row] = await sql<{ values: Record<string, unknown> }[]>`
    select ${snapshotOf(sql, fields)} as values from contacts c
    where c.workspace_id = ${workspaceId} and c.id = ${contactId} and c.erased_at is null`;
  if (!row) throw new AppError('not_found', 'This contact does not exist any more. Choose another one.');
  return row.values;
}

export async function contentOfStep(tx: Tx, ws: string, campaignId: string, stepId: string) {
  const campaign = await findCampaign(tx, ws, campaignId);
  const step = campaign.draft.flow.find(({ id }) => id === stepId);
  if (!step) throw new AppError('not_found', 'This step does not exist any more in the campaign.');
  const { workspace, contents } = await loadStepContents(tx, ws, { flow: [step] });
  const [content] = contents;
  if (!content) throw new AppError('precondition', `The step “${step.name}” has no template that can be shown yet.`);
  return { campaign, workspace, content };
}

function show(content: StepContent, values: Record<string, unknown>): StepPreview {
  const { sender } = content;
  const from = sender ? (sender.name ? `${sender.name} <${sender.address}>` : sender.address) : 'No sender yet';
  try {
    if (content.kind === 'email') return { kind: 'email', from, ...renderEmailFor(content, values) };
    return { kind: 'sms', from, ...renderSmsFor(content, values) };
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    return { kind: 'problem', message: error.message };
  }
}

/** One step's message as one contact would read it, from the saved draft; nothing is sent and its links are inert. */
export async function previewStep(ctx: Ctx, input: z.input<typeof previewStepSchema>): Promise<StepPreview> {
  authorise(ctx, 'campaigns.read');
  const { campaignId, stepId, contactId, madeUp } = parseInput(previewStepSchema, input);
  return withTx(ctx, async (tx) => {
    const { workspace, content } = await contentOfStep(tx, ctx.workspaceId, campaignId, stepId);
    const own = contactId ? await valuesOfContact(tx, ctx.workspaceId, contactId, content.fields) : {};
    const over = madeUp === null ? {} : (MADE_UP[madeUp as PersonKey] ?? {});
    return show(content, messageValues(workspace, { ...own, ...over }));
  });
}
