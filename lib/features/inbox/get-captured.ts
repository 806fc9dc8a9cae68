import { type CapturedMessage, readCapturedMessage } from '@/lib/channels/capture/read-inbox';
import type { Ctx } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { inboxAccess } from '@/lib/features/inbox/inbox-access';
import { fromCapture } from '@/lib/features/inbox/list-captured';
import { type TracedDelivery, traceCaptured } from '@/lib/features/inbox/trace-captured';

/** One captured message whole, under the same rules as the list. Throws `not_found`, `precondition`. */
export async function getCaptured(
  ctx: Ctx,
  id: string,
): Promise<CapturedMessage & { delivery: TracedDelivery | null }> {
  const { baseUrl, seesAll } = await inboxAccess(ctx);
  const message = await fromCapture(() => readCapturedMessage(baseUrl, id));
  const delivery = message ? ((await traceCaptured(ctx, [message])).get(message.messageId) ?? null) : null;
  if (!message || (!seesAll && !delivery)) {
    throw new AppError('not_found', 'This message is not in the inbox, or not any more.');
  }
  return { ...message, delivery };
}
