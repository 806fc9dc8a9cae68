import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { evidenceSchema } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findList } from '@/lib/features/lists/find-list';

export const unsubscribeContactsSchema = evidenceSchema.extend({
  listId: z.string(),
  contactIds: z.array(z.string()).min(1).max(10_000),
});

/** Marks contacts of a list as unsubscribed with what proves it; they stay on record. Twice changes nothing more. */
export async function unsubscribeContacts(
  ctx: Ctx,
  input: z.input<typeof unsubscribeContactsSchema>,
): Promise<{ unsubscribed: number }> {
  authorise(ctx, 'contacts.write');
  const { listId, contactIds, source, evidence } = parseInput(unsubscribeContactsSchema, input);
  return withTx(ctx, async (tx) => {
    await findList(tx, ctx.workspaceId, listId);
    const changed = await tx.sql`
      update subscriptions set status = 'unsubscribed', source = ${source},
        evidence = ${JSON.stringify(evidence ?? {})}::text::jsonb, updated_at = now()
      where workspace_id = ${ctx.workspaceId} and list_id = ${listId} and contact_id = any(${contactIds}::text[])
        and status <> 'unsubscribed'`;
    if (changed.count > 0) {
      await recordAudit(tx, ctx, {
        action: 'list.unsubscribed',
        subjectType: 'list',
        subjectId: listId,
        data: { contacts: changed.count, source, first: contactIds.slice(0, 20) },
      });
    }
    return { unsubscribed: changed.count };
  });
}
