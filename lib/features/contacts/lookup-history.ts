import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { withRead } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import type { Interaction } from '@/lib/features/contacts/list-interactions';
import { contactReferenceSchema, findReferenced } from '@/lib/features/contacts/lookup-contacts';
import { toldLines } from '@/lib/features/contacts/told-lines';
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
      select i.id, i.contact_id as "contactId", i.at, coalesce(i.type, (v.outline -> i.step::int ->> 'kind') || '.accepted') as type, i.step,
             i.delivery_id as "deliveryId", i.run_id as "runId", r.name as "runName", r.campaign_id as "campaignId",
             k.name as "campaignName", i.data
      from (${toldLines(tx, ctx.workspaceId, sql`= any(${contacts.map(({ id }) => id)}::text[])`, { after, limit: limit + 1 })}) i
      left join runs r on r.id = i.run_id and r.workspace_id = ${ctx.workspaceId}
      left join campaigns k on k.id = r.campaign_id and k.workspace_id = ${ctx.workspaceId}
      left join campaign_versions v on v.id = r.version_id and v.workspace_id = ${ctx.workspaceId}
      order by i.id desc`;
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const items = page.map((row) => ({
      ...row,
      deliveryId: row.deliveryId ? deliveryIdToPublic(row.deliveryId) : null,
    }));
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
