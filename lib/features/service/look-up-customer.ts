import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import type { HistoryLine, Planned, UnderWay } from '@/lib/domain/service-history';
import { type ContactDetail, getContact } from '@/lib/features/contacts/get-contact';
import { contactHistory } from '@/lib/features/service/contact-history';
import { plannedRuns } from '@/lib/features/service/planned-runs';
import { recordLookUp } from '@/lib/features/service/record-look-up';
import { runsUnderWay } from '@/lib/features/service/under-way';

export const lookUpCustomerSchema = z.object({
  contactId: z.string(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
  via: z.enum(['desk', 'embed', 'api']).default('desk'),
});

export interface CustomerAnswer {
  contact: ContactDetail;
  planned: Planned[];
  underWay: UnderWay[];
  history: { items: HistoryLine[]; nextCursor: string | null };
}

/** Everything customer service is asked about one person: what will come, what is under way, what was. Audited. */
export async function lookUpCustomer(
  ctx: Ctx,
  input: z.input<typeof lookUpCustomerSchema>,
  now = new Date(),
): Promise<CustomerAnswer> {
  authorise(ctx, 'service.lookup');
  const { via, ...page } = parseInput(lookUpCustomerSchema, input);
  const { contactId } = page;
  const contact = await getContact(ctx, { id: contactId });
  const [history, present] = await Promise.all([
    contactHistory(ctx, page),
    withTx(ctx, async (tx) => {
      await recordLookUp(tx, ctx, contactId, via);
      if (contact.erasedAt) return { underWay: [], planned: [] };
      return {
        underWay: await runsUnderWay(tx, ctx.workspaceId, contact, now),
        planned: await plannedRuns(tx, ctx, contactId, now),
      };
    }),
  ]);
  return { contact, ...present, history };
}
