import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';

/** What the health page counts: not told yet, and what could not be told within a week. */
export const NOTICES_LEFT = ['waiting', 'untold'] as const;

export const listNoticesSchema = z.object({
  left: z.enum(NOTICES_LEFT).optional(),
  state: z.enum(['queued', 'sending', 'sent', 'failed']).optional(),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

export interface NoticeRow {
  id: string;
  topic: string;
  channel: 'email' | 'sms' | 'webhook' | 'in_app';
  target: string;
  subject: string | null;
  state: 'queued' | 'sending' | 'sent' | 'failed';
  attempts: number;
  error: string | null;
  createdAt: Date;
  sentAt: Date | null;
}

const placeSchema = z.tuple([z.string()]);

/** What our own people and systems were told, newest first. */
export async function listNotices(
  ctx: Ctx,
  input: z.input<typeof listNoticesSchema> = {},
): Promise<{ items: NoticeRow[]; nextCursor: string | null }> {
  authorise(ctx, 'runs.read');
  const { left, state, cursor, limit } = parseInput(listNoticesSchema, input);
  const after = cursor ? decodeCursor(placeSchema, cursor) : null;
  return withTx(ctx, async ({ sql }) => {
    const isLeft =
      left === 'waiting'
        ? sql`and state in ('queued', 'sending')`
        : sql`and state = 'failed' and created_at > now() - interval '7 days'`;
    const rows = await sql<NoticeRow[]>`
      select id, topic, channel, target, payload #>> '{composed,subject}' as subject, state, attempts, error,
             created_at as "createdAt", sent_at as "sentAt"
      from notices where workspace_id = ${ctx.workspaceId} ${state ? sql`and state = ${state}` : sql``}
        ${left ? isLeft : sql``}
        ${after ? sql`and id < ${after[0]}` : sql``}
      order by id desc limit ${limit + 1}`;
    const items = rows.slice(0, limit);
    const last = items.at(-1);
    return { items, nextCursor: rows.length > limit && last ? encodeCursor([last.id]) : null };
  });
}
