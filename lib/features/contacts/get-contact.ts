import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { SubscriptionStatus } from '@/lib/domain/list';
import { parseInput } from '@/lib/domain/parse-input';
import { type Contact, findContact } from '@/lib/features/contacts/contact-row';
import { addressHashes } from '@/lib/features/suppressions/address-hash';

const getContactSchema = z.object({ id: z.string() });

export interface ContactDetail extends Contact {
  subscriptions: {
    listId: string;
    listName: string;
    status: SubscriptionStatus;
    source: string;
    evidence: Record<string, unknown> | null;
    updatedAt: Date;
  }[];
  suppressions: { id: string; channel: 'email' | 'sms'; reason: string; source: string; createdAt: Date }[];
}

/** One contact with its lists and what keeps its addresses from being sent to. Throws `not_found`. */
export async function getContact(ctx: Ctx, input: z.input<typeof getContactSchema>): Promise<ContactDetail> {
  if (!may(ctx, 'service.lookup')) authorise(ctx, 'contacts.read');
  const { id } = parseInput(getContactSchema, input);
  return withTx(ctx, async (tx) => {
    const contact = await findContact(tx, ctx.workspaceId, id);
    const subscriptions = await tx.sql<ContactDetail['subscriptions']>`
      select s.list_id as "listId", l.name as "listName", s.status, s.source, s.evidence, s.updated_at as "updatedAt"
      from subscriptions s join lists l on l.id = s.list_id
      where s.workspace_id = ${ctx.workspaceId} and s.contact_id = ${id} order by lower(l.name), l.id`;
    const { email, phone } = contact;
    const hashes = { email: email ? addressHashes('email', email) : [], sms: phone ? addressHashes('sms', phone) : [] };
    const suppressions = await tx.sql<ContactDetail['suppressions']>`
      select id, channel, reason, source, created_at as "createdAt" from suppressions
      where workspace_id = ${ctx.workspaceId}
        and ((channel = 'email' and address_hash = any(${hashes.email}::text[]))
          or (channel = 'sms' and address_hash = any(${hashes.sms}::text[])))
      order by channel`;
    return { ...contact, subscriptions: [...subscriptions], suppressions: [...suppressions] };
  });
}
