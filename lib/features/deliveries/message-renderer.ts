import { MimeBuffer } from '@/emails/mime/mime-buffer';
import { type PreparedEmail, prepareEmail, putJson, putMime, renderParts } from '@/emails/render';
import type { ChannelCapabilities, OutboundMessage } from '@/lib/channels/channel';
import { renderSms } from '@/lib/domain/sms-segments';
import type { FrozenMessageStep } from '@/lib/features/campaigns/frozen-version';
import type { QueuingRun } from '@/lib/features/runs/load-run';
import { messageLinks, receiptUrl } from '@/lib/features/tracking/links';

export interface RenderMember {
  deliveryId: string;
  email: string | null;
  phone: string | null;
  snapshot: Record<string, unknown>;
}

/** What adapters take, and the parts that a person reads. */
type MessageFormat = ChannelCapabilities['format'] | 'parts';

/** What tells an internal person that this is the message customers got. */
const SEED_MARK = '[Seed] ';

/** Bytes go into `out` where one is given; the message is then valid until `out` is used again. */
export type MessageRenderer = (member: RenderMember, datedAt: Date, out?: MimeBuffer) => OutboundMessage;

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function valuesOf(run: QueuingRun, member: RenderMember): Record<string, unknown> {
  const { name, postalAddress } = run.frozen.workspace;
  return { ...member.snapshot, workspace: { name, postal_address: postalAddress } };
}

type EmailStep = Extract<FrozenMessageStep, { kind: 'email' }>;

/** Versions never change and are kept in memory, so each of their emails is prepared once for all its batches. */
const preparedEmails = new WeakMap<EmailStep, PreparedEmail>();

function preparedOf(step: EmailStep): PreparedEmail {
  const known = preparedEmails.get(step);
  if (known) return known;
  const { sender } = step;
  const fresh = prepareEmail(step.content, {
    from: { email: sender.address, name: sender.name ?? undefined },
    replyTo: sender.replyTo ? { email: sender.replyTo } : undefined,
  });
  preparedEmails.set(step, fresh);
  return fresh;
}

function emailRenderer(run: QueuingRun, step: EmailStep, format: MessageFormat): MessageRenderer {
  const { sender } = step;
  const prepared = preparedOf(step);
  const domain = domainOf(sender.address);
  const subjectPrefix = run.seedOf === null ? undefined : SEED_MARK;
  return (member, datedAt, out = new MimeBuffer()) => {
    const { bounceToken, ...links } = messageLinks(run.baseUrl, member.deliveryId);
    const to = member.email ?? '';
    const message = {
      to,
      values: valuesOf(run, member),
      messageId: `<${bounceToken}@${domain}>`,
      date: datedAt,
      ...links,
      subjectPrefix,
    };
    const envelopeFrom = sender.bounceDomain ? `b+${bounceToken}@${sender.bounceDomain}` : sender.address;
    const base = { deliveryId: member.deliveryId, envelopeFrom, to };
    if (format === 'json') return { ...base, json: { ...putJson(prepared, message, out), bodies: out.view() } };
    if (format !== 'mime') return { ...base, parts: renderParts(prepared, message) };
    putMime(prepared, message, out);
    // headers and quoted-printable pieces are ASCII, and no line of theirs begins with a dot
    return { ...base, mime: out.view(), isWireReady: true };
  };
}

/**
 * The one way a delivery becomes bytes: from the frozen version and the frozen snapshot only, so that the same delivery
 * is the same message on a replay, in the preview and when customer service opens it years later. Throws ContentError
 * for a contact whose data breaks the content.
 */
export function messageRenderer(run: QueuingRun, step: FrozenMessageStep, format: MessageFormat): MessageRenderer {
  if (step.kind === 'email') return emailRenderer(run, step, format);
  return (member) => ({
    deliveryId: member.deliveryId,
    from: step.sender.address,
    to: member.phone ?? '',
    text: `${run.seedOf === null ? '' : SEED_MARK}${renderSms(step.content, valuesOf(run, member)).text}`,
    statusCallbackUrl: receiptUrl(run.baseUrl, step.sender.providerAccountId, member.deliveryId),
  });
}
