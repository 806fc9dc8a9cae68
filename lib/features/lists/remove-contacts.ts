import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findList } from '@/lib/features/lists/find-list';

export const removeContactsSchema = z.object({
  listId: z.string(),
  contactIds: z.array(z.string()).min(1).max(10_000),
});

/**
 * Takes contacts off a list as if they had never been on it. Who unsubscribed stays on record, so that nobody can be
 * subscribed again by removing and adding.
 */
export async function removeContacts(
  ctx: Ctx,
  input: z.input<typeof removeContactsSchema>,
): Promise<{ removed: number }> {
  authorise(ctx, 'contacts.write');
  const { listId, contactIds } = parseInput(removeContactsSchema, input);
  return withTx(ctx, async (tx) => {
    await findList(tx, ctx.workspaceId, listId);
    const removed = await tx.sql`
      delete from subscriptions where workspace_id = ${ctx.workspaceId} and list_id = ${listId}
        and contact_id = any(${contactIds}::text[]) and status <> 'unsubscribed'`;
    if (removed.count > 0) {
      await recordAudit(tx, ctx, {
        action: 'list.contacts_removed',
        subjectType: 'list',
        subjectId: listId,
        data: { contacts: removed.count, first: contactIds.slice(0, 20) },
      });
    }
    return { removed: removed.count };
  });
}
