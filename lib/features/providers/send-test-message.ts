import { z } from 'zod';
import { compileEmail, type EmailToRender, prepareEmail, renderMime, renderParts } from '@/emails/render';
import type { EmailMessage, SendResult } from '@/lib/channels/channel';
import { openChannel } from '@/lib/channels/open-channel';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseEmailAddress } from '@/lib/domain/email-address';
import { parseInput } from '@/lib/domain/parse-input';
import { PROVIDER_NAME } from '@/lib/domain/provider-name';
import { emailTemplateSchema } from '@/lib/domain/template';
import { publicUrl } from '@/lib/env';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { loadChannelAccount } from '@/lib/features/providers/load-channel-account';
import { getSender, type Sender } from '@/lib/features/senders/list-senders';
import { newId } from '@/lib/ids';

const sendTestMessageSchema = z.object({ senderId: z.string(), to: z.string().trim().min(3).max(254) });

export interface TestMessageReport {
  outcome: SendResult['outcome'];
  /** What the provider said, for a person. */
  text: string;
}

async function testEmail(sender: Sender, to: string, format: 'mime' | 'parts', id: string): Promise<EmailMessage> {
  const parsed = parseEmailAddress(to);
  if (!parsed.ok) throw new AppError('invalid', `“${to.slice(0, 80)}” ${parsed.message}. Nothing was sent.`);
  const template = emailTemplateSchema.parse({
    subject: 'It works',
    blocks: [
      { type: 'heading', level: 1, content: 'It works' },
      {
        type: 'text',
        content: 'This message was sent to prove that the sender below can send. Nobody else received it.',
      },
      { type: 'text', isMuted: true, content: `${sender.address}, through ${PROVIDER_NAME[sender.providerKind]}` },
    ],
  });
  const brand = { name: sender.fromName ?? sender.name };
  const baseUrl = publicUrl();
  const compiled = await compileEmail(template, {
    trackLinks: false,
    trackOpens: false,
    baseUrl,
    postalAddress: '',
    brand,
  });
  const prepared = prepareEmail(compiled, {
    from: { email: sender.address, ...(sender.fromName ? { name: sender.fromName } : {}) },
    ...(sender.replyTo ? { replyTo: { email: sender.replyTo } } : {}),
  });
  const message: EmailToRender = {
    to: parsed.email,
    values: {},
    messageId: `${id}@${sender.address.slice(sender.address.lastIndexOf('@') + 1)}`,
    date: new Date(),
    unsubscribeUrl: `${baseUrl.replace(/\/+$/, '')}/u/preview`,
    extraHeaders: { 'Auto-Submitted': 'auto-generated' },
  };
  const base = { deliveryId: '0', envelopeFrom: sender.address, to: parsed.email };
  return format === 'mime'
    ? { ...base, mime: renderMime(prepared, message) }
    : { ...base, parts: renderParts(prepared, message) };
}

async function sendThrough(ctx: Ctx, sender: Sender, to: string): Promise<SendResult> {
  const opened = openChannel(await loadChannelAccount(ctx.workspaceId, sender.providerAccountId));
  const id = newId('request');
  try {
    if (opened.kind === 'sms') {
      const text = `It works: ${sender.name} can send text messages.`;
      const messages = [{ deliveryId: '0', from: sender.address, to, text }];
      return (await opened.channel.send({ idempotencyKey: id, messages }))[0] ?? NOTHING;
    }
    const format = opened.channel.capabilities.format === 'mime' ? 'mime' : 'parts';
    const messages = [await testEmail(sender, to, format, id)];
    return (await opened.channel.send({ idempotencyKey: id, messages }))[0] ?? NOTHING;
  } finally {
    await opened.channel.close();
  }
}

const NOTHING: SendResult = { outcome: 'unknown', code: 'no_result', text: 'The provider gave no answer.' };

/** “Send me one”: one real message through the sender's provider, outside every campaign and statistic. Audited. */
export async function sendTestMessage(
  ctx: Ctx,
  input: z.input<typeof sendTestMessageSchema>,
): Promise<TestMessageReport> {
  authorise(ctx, 'campaigns.write');
  const { senderId, to } = parseInput(sendTestMessageSchema, input);
  const sender = await getSender(ctx, senderId);
  if (sender.channel === 'sms' && !/^\+[1-9]\d{6,14}$/.test(to)) {
    throw new AppError('invalid', 'Write the number with its country, such as +6591234567. Nothing was sent.');
  }
  const { outcome, text } = await sendThrough(ctx, sender, to);
  await withTx(ctx, (tx) =>
    recordAudit(tx, ctx, {
      action: 'sender.tested',
      subjectType: 'sender',
      subjectId: senderId,
      data: { to, outcome, text: text.slice(0, 500) },
    }),
  );
  return { outcome, text };
}
