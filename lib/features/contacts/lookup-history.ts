import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { withRead } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import type { Interaction } from '@/lib/features/contacts/list-interactions';
import { contactReferenceSchema, findReferenced } from '@/lib/features/contacts/lookup-contacts';
import { deliveryIdToPublic } from '@/lib/ids';

const lookupHistorySchema = z.object({
  reference: contactReferenceSchema,
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});

/** What happened with everybody a phone, email or number names, newest first; nobody is an empty answer. */
export async function lookupHistory(
  ctx: Ctx,
  input: z.input<typeof lookupHistorySchema>,
): Promise<{ items: (Interaction & { contactId: string })[]; nextCursor: string | null }> {
  if (!may(ctx, 'service.lookup')) authorise(ctx, 'contacts.read');
  const { reference, cursor, limit } = parseInput(lookupHistorySchema, input);
  const after = cursor ? decodeCursor(z.tuple([z.string().regex(/^\d{1,19}$/)]), cursor)[0] : null;
  return withRead(ctx, async (tx) => {
    const { sql } = tx;
    const contacts = await findReferenced(tx, ctx.workspaceId, reference);
    const rows = await sql<(Interaction & { contactId: string })[]>`
      select i.id, i.contact_id as "contactId", i.at, i.type, i.step, i.delivery_id as "deliveryId", i.run_id as "runId",
             r.name as "runName", r.campaign_id as "campaignId", k.name as "campaignName", i.data
      from interactions i
      left join runs r on r.id = i.run_id and r.workspace_id = i.workspace_id
      left join campaigns k on k.id = r.campaign_id and k.workspace_id = i.workspace_id
      where i.workspace_id = ${ctx.workspaceId} and i.contact_id = any(${contacts.map(({ id }) => id)}::text[])
        ${after ? sql`and i.id < ${after}::bigint` : sql``}
      order by i.id desc limit ${limit + 1}`;
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const items = page.map((row) => ({
      ...row,
      deliveryId: row.deliveryId ? deliveryIdToPublic(row.deliveryId) : null,
    }));
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
