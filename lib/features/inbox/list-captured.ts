import { z } from 'zod';
import {
  type CapturedPage,
  type CapturedSummary,
  CaptureUnreachable,
  readCapturedPage,
} from '@/lib/channels/capture/read-inbox';
import type { Ctx } from '@/lib/context';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { type InboxAccess, inboxAccess } from '@/lib/features/inbox/inbox-access';
import { type TracedDelivery, traceCaptured } from '@/lib/features/inbox/trace-captured';

const listCapturedSchema = z.object({
  to: z.string().trim().max(320).optional(),
  q: z.string().trim().max(320).optional(),
  channel: z.enum(['email', 'sms']).optional(),
  cursor: z.string().max(20).optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export interface CapturedRow extends CapturedSummary {
  delivery: TracedDelivery | null;
}

/** Throws `precondition` in words when the capture does not answer. */
export async function fromCapture<T>(work: () => Promise<T>): Promise<T> {
  try {
    return await work();
  } catch (error) {
    if (!(error instanceof CaptureUnreachable)) throw error;
    throw new AppError('precondition', error.message, { cause: error });
  }
}

const MOST_PAGES = 5;

async function ownPage(
  ctx: Ctx,
  access: InboxAccess,
  query: z.output<typeof listCapturedSchema>,
): Promise<{ items: CapturedRow[]; nextCursor: string | null }> {
  const items: CapturedRow[] = [];
  let { cursor } = query;
  for (let pages = 0; pages < MOST_PAGES && items.length < query.limit; pages++) {
    const page: CapturedPage = await fromCapture(() => readCapturedPage(access.baseUrl, { ...query, cursor }));
    const traced = await traceCaptured(ctx, page.messages);
    for (const message of page.messages) {
      const delivery = traced.get(message.messageId) ?? null;
      if (access.seesAll || delivery) items.push({ ...message, delivery });
    }
    if (page.nextCursor === null) return { items, nextCursor: null };
    cursor = page.nextCursor;
  }
  return { items, nextCursor: cursor ?? null };
}

/**
 * Captured messages, newest first, each with its delivery if it is one of this workspace. The capture serves the whole
 * installation and sign-in links lie in it: outside the demo, what no delivery of one's own sent is left out, so a page
 * may hold fewer or more than `limit`. Throws `not_found`, or `precondition` when the capture does not answer.
 */
export async function listCaptured(
  ctx: Ctx,
  input: z.input<typeof listCapturedSchema> = {},
): Promise<{ items: CapturedRow[]; nextCursor: string | null }> {
  const query = parseInput(listCapturedSchema, input);
  return ownPage(ctx, await inboxAccess(ctx), query);
}
