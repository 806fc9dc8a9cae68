import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { SubscriptionStatus } from '@/lib/domain/list';
import { browseContacts, browseContactsSchema } from '@/lib/features/contacts/browse-contacts';
import type { Contact } from '@/lib/features/contacts/contact-row';
import { findList } from '@/lib/features/lists/find-list';

export const listSubscriptionsSchema = browseContactsSchema
  .omit({ importId: true, change: true })
  .required({ listId: true });

export interface SubscribedContact extends Contact {
  status: SubscriptionStatus;
  source: string;
  evidence: Record<string, unknown> | null;
  since: Date;
}

/** The people of a list with what proves each subscription, in the orders of browseContacts. Throws `not_found`. */
export async function listSubscriptions(
  ctx: Ctx,
  input: z.input<typeof listSubscriptionsSchema>,
): Promise<{ items: SubscribedContact[]; nextCursor: string | null }> {
  authorise(ctx, 'contacts.read');
  const { items, nextCursor } = await browseContacts(ctx, input);
  const ids = items.map(({ id }) => id);
  const subscriptions = await withTx(ctx, async (tx) => {
    await findList(tx, ctx.workspaceId, input.listId);
    return await tx.sql<(Omit<SubscribedContact, keyof Contact> & { contactId: string })[]>`
      select contact_id as "contactId", status, source, evidence, updated_at as since from subscriptions
      where workspace_id = ${ctx.workspaceId} and list_id = ${input.listId} and contact_id = any(${ids}::text[])`;
  });
  const byId = new Map(subscriptions.map(({ contactId, ...rest }) => [contactId, rest]));
  return {
    // who left the list between the two reads is left out
    items: items.flatMap((contact) => {
      const subscription = byId.get(contact.id);
      return subscription ? [{ ...contact, ...subscription }] : [];
    }),
    nextCursor,
  };
}
