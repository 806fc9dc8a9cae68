import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { findList, type List } from '@/lib/features/lists/find-list';

const getListSchema = z.object({ id: z.string() });

export interface ListDetail extends List {
  subscribed: number;
  unsubscribed: number;
  pending: number;
}

/** One list with its number of people by status. Throws `not_found`. */
export async function getList(ctx: Ctx, input: z.input<typeof getListSchema>): Promise<ListDetail> {
  authorise(ctx, 'contacts.read');
  const { id } = parseInput(getListSchema, input);
  return withTx(ctx, async (tx) => {
    const list = await findList(tx, ctx.workspaceId, id);
    const counts = await tx.sql<{ status: 'subscribed' | 'unsubscribed' | 'pending'; n: number }[]>`
      select status, count(*)::int as n from subscriptions
      where workspace_id = ${ctx.workspaceId} and list_id = ${id} group by status`;
    const count = (status: string) => counts.find((one) => one.status === status)?.n ?? 0;
    return {
      ...list,
      subscribed: count('subscribed'),
      unsubscribed: count('unsubscribed'),
      pending: count('pending'),
    };
  });
}
