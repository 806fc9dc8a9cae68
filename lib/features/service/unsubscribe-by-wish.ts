import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { WISH_REASONS, type WishReason } from '@/lib/domain/service-history';
import { optOutContact } from '@/lib/features/contacts/opt-out-contact';

const reasons = Object.keys(WISH_REASONS) as [WishReason, ...WishReason[]];

export const unsubscribeByWishSchema = z.object({
  contactId: z.string(),
  channel: z.enum(['email', 'sms']),
  reason: z.enum(reasons, 'Say how the customer asked.'),
  /** Kept with the history of the customer, not in the audit log, so that it goes when the customer is erased. */
  note: z.string().trim().max(500).default(''),
});

/** Opts a customer out of a channel as they asked; audited with how they asked. The same again changes nothing. */
export async function unsubscribeByWish(
  ctx: Ctx,
  input: z.input<typeof unsubscribeByWishSchema>,
): Promise<{ changed: boolean }> {
  authorise(ctx, 'service.act');
  const { contactId, channel, reason, note } = parseInput(unsubscribeByWishSchema, input);
  const source = `service desk, asked ${WISH_REASONS[reason]}`;
  return optOutContact(ctx, { contactId, channel, source, evidence: { reason, ...(note && { note }) } });
}
