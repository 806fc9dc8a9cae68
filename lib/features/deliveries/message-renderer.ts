import { type PreparedEmail, prepareEmail, renderMime, renderParts } from '@/emails/render';
import type { ChannelCapabilities, OutboundMessage } from '@/lib/channels/channel';
import { renderSms } from '@/lib/domain/sms-segments';
import type { FrozenMessageStep } from '@/lib/features/campaigns/frozen-version';
import type { QueuingRun } from '@/lib/features/runs/load-run';
import { signToken } from '@/lib/features/secrets/tokens';
import { messageLinks, receiptUrl } from '@/lib/features/tracking/links';

export interface RenderMember {
  deliveryId: string;
  email: string | null;
  phone: string | null;
  snapshot: Record<string, unknown>;
}

/** What tells an internal person that this is the message customers got. */
const SEED_MARK = '[Seed] ';

export type MessageRenderer = (member: RenderMember, datedAt: Date) => OutboundMessage;

function domainOf(address: string): string {
  return address.slice(address.lastIndexOf('@') + 1);
}

function valuesOf(run: QueuingRun, member: RenderMember): Record<string, unknown> {
  return {
    ...member.snapshot,
    workspace: { name: run.frozen.workspace.name, postal_address: run.frozen.workspace.postalAddress },
  };
}

function emailRenderer(
  run: QueuingRun,
  step: Extract<FrozenMessageStep, { kind: 'email' }>,
  format: ChannelCapabilities['format'],
): MessageRenderer {
  const { sender } = step;
  const prepared: PreparedEmail = prepareEmail(step.content, {
    from: { email: sender.address, name: sender.name ?? undefined },
    replyTo: sender.replyTo ? { email: sender.replyTo } : undefined,
  });
  return (member, datedAt) => {
    const bounceToken = signToken('bounce', member.deliveryId);
    const links = messageLinks(run.baseUrl, member.deliveryId);
    const message = {
      to: member.email ?? '',
      values: valuesOf(run, member),
      messageId: `<${bounceToken}@${domainOf(sender.address)}>`,
      date: datedAt,
      ...links,
      ...(run.seedOf === null ? {} : { subjectPrefix: SEED_MARK }),
    };
    const envelopeFrom = sender.bounceDomain ? `b+${bounceToken}@${sender.bounceDomain}` : sender.address;
    const base = { deliveryId: member.deliveryId, envelopeFrom, to: member.email ?? '' };
    return format === 'mime'
      ? { ...base, mime: renderMime(prepared, message) }
      : { ...base, parts: renderParts(prepared, message) };
  };
}

/**
 * The one way a delivery becomes bytes: from the frozen version and the frozen snapshot only, so that the same delivery
 * is the same message on a replay, in the preview and when customer service opens it years later. Throws ContentError
 * for a contact whose data breaks the content.
 */
export function messageRenderer(
  run: QueuingRun,
  step: FrozenMessageStep,
  format: ChannelCapabilities['format'],
): MessageRenderer {
  if (step.kind === 'email') return emailRenderer(run, step, format);
  return (member) => ({
    deliveryId: member.deliveryId,
    from: step.sender.address,
    to: member.phone ?? '',
    text: `${run.seedOf === null ? '' : SEED_MARK}${renderSms(step.content, valuesOf(run, member)).text}`,
    statusCallbackUrl: receiptUrl(run.baseUrl, step.sender.providerAccountId, member.deliveryId),
  });
}
