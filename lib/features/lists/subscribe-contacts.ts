import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { evidenceSchema } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { findOpenList } from '@/lib/features/lists/find-list';

export const subscribeContactsSchema = evidenceSchema.extend({
  listId: z.string(),
  contactIds: z.array(z.string()).min(1).max(10_000),
  /** `pending` waits for the person to confirm. */
  status: z.enum(['subscribed', 'pending']).default('subscribed'),
  /** Also those who unsubscribed from this list before; only with their own new wish as evidence. */
  resubscribe: z.boolean().default(false),
});

/**
 * Puts contacts on a list with what proves it. Who unsubscribed stays unsubscribed unless `resubscribe`; who is
 * subscribed already keeps the first evidence. Throws `not_found` if a contact is not in the workspace; then nobody is added.
 */
export async function subscribeContacts(
  ctx: Ctx,
  input: z.input<typeof subscribeContactsSchema>,
): Promise<{ subscribed: number; keptUnsubscribed: number }> {
  authorise(ctx, 'contacts.write');
  const { listId, contactIds, status, resubscribe, source, evidence } = parseInput(subscribeContactsSchema, input);
  const ids = [...new Set(contactIds)];
  const proof = JSON.stringify(evidence ?? {});
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    await findOpenList(tx, ctx.workspaceId, listId);
    const [found] = await sql<{ n: number }[]>`
      select count(*)::int as n from contacts
      where workspace_id = ${ctx.workspaceId} and id = any(${ids}::text[]) and erased_at is null`;
    if (found?.n !== ids.length) {
      throw new AppError('not_found', 'At least one of these contacts does not exist any more. Nobody was added.');
    }
    const changed = await sql`
      insert into subscriptions (workspace_id, list_id, contact_id, status, source, evidence)
      select ${ctx.workspaceId}, ${listId}, id, ${status}, ${source}, ${proof}::text::jsonb
      from unnest(${ids}::text[]) as t(id)
      on conflict (workspace_id, list_id, contact_id) do update
        set status = excluded.status, source = excluded.source, evidence = excluded.evidence, updated_at = now()
        where (subscriptions.status = 'pending' and excluded.status = 'subscribed')
           or (subscriptions.status = 'unsubscribed' and ${resubscribe})`;
    const [kept] = await sql<{ n: number }[]>`
      select count(*)::int as n from subscriptions where workspace_id = ${ctx.workspaceId} and list_id = ${listId}
        and contact_id = any(${ids}::text[]) and status = 'unsubscribed'`;
    if (changed.count > 0) {
      await recordAudit(tx, ctx, {
        action: 'list.subscribed',
        subjectType: 'list',
        subjectId: listId,
        data: { contacts: changed.count, status, source, first: ids.slice(0, 20) },
      });
    }
    return { subscribed: changed.count, keptUnsubscribed: kept?.n ?? 0 };
  });
}
