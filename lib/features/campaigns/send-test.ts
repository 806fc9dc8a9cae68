import { z } from 'zod';
import { type EmailToRender, prepareEmail, renderMime, renderParts } from '@/emails/render';
import type { EmailMessage, SendResult, SmsMessage } from '@/lib/channels/channel';
import { type OpenedChannel, openChannel } from '@/lib/channels/open-channel';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { ContentError } from '@/lib/domain/content-error';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { contentOfStep, valuesOfContact } from '@/lib/features/campaigns/preview-step';
import {
  type EmailContent,
  inertLinks,
  messageValues,
  renderSmsFor,
  type StepContent,
} from '@/lib/features/campaigns/step-content';
import { recordAudit } from '@/lib/features/history/record-audit';
import { loadChannelAccount } from '@/lib/features/providers/load-channel-account';
import { parseAddress, workspaceCountry } from '@/lib/features/suppressions/normalise-address';
import { newId } from '@/lib/ids';

export const sendTestSchema = z.object({
  campaignId: z.string(),
  stepId: z.string(),
  /** Email addresses or phone numbers of our own people. */
  to: z.array(z.string().trim().min(3).max(254)).min(1, 'Enter an address to send the test to.').max(10),
  /** Whose data fills the message; nobody's when absent, so that fallbacks show. */
  contactId: z.string().nullable().default(null),
});

export interface TestOutcome {
  to: string;
  outcome: SendResult['outcome'];
  /** What the provider said, for a person. */
  text: string;
}

const PREFIX = '[Test] ';

function emailOf(content: EmailContent, values: Record<string, unknown>, to: string, isMime: boolean): EmailMessage {
  const address = content.sender?.address ?? '';
  const prepared = prepareEmail(content.compiled, {
    from: { email: address, ...(content.sender?.name ? { name: content.sender.name } : {}) },
    ...(content.sender?.replyTo ? { replyTo: { email: content.sender.replyTo } } : {}),
  });
  const message: EmailToRender = {
    to,
    values,
    messageId: `${newId('request')}@${address.slice(address.lastIndexOf('@') + 1)}`,
    date: new Date(),
    subjectPrefix: PREFIX,
    extraHeaders: { 'Auto-Submitted': 'auto-generated' },
    ...inertLinks(),
  };
  const base = { deliveryId: '0', envelopeFrom: address, to };
  return isMime ? { ...base, mime: renderMime(prepared, message) } : { ...base, parts: renderParts(prepared, message) };
}

async function sendOne(opened: OpenedChannel, content: StepContent, values: Record<string, unknown>, to: string) {
  const idempotencyKey = newId('request');
  const nothing: SendResult = { outcome: 'unknown', code: 'no_result', text: 'The provider gave no answer.' };
  if (opened.kind === 'email' && content.kind === 'email') {
    const message = emailOf(content, values, to, opened.channel.capabilities.format === 'mime');
    return (await opened.channel.send({ idempotencyKey, messages: [message] }))[0] ?? nothing;
  }
  if (opened.kind === 'sms' && content.kind === 'sms') {
    const { text } = renderSmsFor(content, values);
    const message: SmsMessage = { deliveryId: '0', from: content.sender?.address ?? '', to, text };
    return (await opened.channel.send({ idempotencyKey, messages: [message] }))[0] ?? nothing;
  }
  throw new AppError('precondition', `The provider of “${content.step.name}” does not carry this kind of message.`);
}

async function sendAllTests(ctx: Ctx, content: StepContent, values: Record<string, unknown>, to: string[]) {
  const { sender, step } = content;
  if (!sender) throw new AppError('precondition', `Choose a sender for “${step.name}” first. Nothing was sent.`);
  const opened = openChannel(await loadChannelAccount(ctx.workspaceId, sender.providerAccountId));
  const outcomes: TestOutcome[] = [];
  try {
    for (const address of to) {
      const { outcome, text } = await sendOne(opened, content, values, address);
      outcomes.push({ to: address, outcome, text });
    }
  } catch (error) {
    if (!(error instanceof ContentError)) throw error;
    throw new AppError('invalid', `Nothing was sent: ${error.message}`, { cause: error });
  } finally {
    await opened.channel.close();
  }
  return outcomes;
}

/**
 * Sends one step of the saved draft to our own people with a contact's data, through the step's real provider, outside
 * every run and statistic. Subjects begin with “[Test]”, links are inert. Audited. Throws `invalid`, `precondition`.
 */
export async function sendTest(ctx: Ctx, input: z.input<typeof sendTestSchema>): Promise<TestOutcome[]> {
  authorise(ctx, 'campaigns.write');
  const { campaignId, stepId, to, contactId } = parseInput(sendTestSchema, input);
  const { content, values, addresses } = await withTx(ctx, async (tx) => {
    const { workspace, content } = await contentOfStep(tx, ctx.workspaceId, campaignId, stepId);
    const own = contactId ? await valuesOfContact(tx, ctx.workspaceId, contactId, content.fields) : {};
    const country = await workspaceCountry(tx, ctx.workspaceId);
    const addresses = to.map((text, index) => {
      const parsed = parseAddress(content.kind, text, country);
      if (parsed.ok) return parsed.address;
      const message = `“${text.slice(0, 80)}” ${parsed.message}.`;
      throw new AppError('invalid', `Nothing was sent. ${message}`, { issues: [{ path: `to.${index}`, message }] });
    });
    return { content, values: messageValues(workspace, own), addresses };
  });
  const outcomes = await sendAllTests(ctx, content, values, [...new Set(addresses)]);
  await withTx(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'campaign.tested',
      subjectType: 'campaign',
      subjectId: campaignId,
      data: { stepId, contactId, outcomes: outcomes.map(({ to, outcome }) => ({ to, outcome })) },
    }),
  );
  return outcomes;
}
