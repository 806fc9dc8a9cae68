import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { withRead } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { findContact } from '@/lib/features/contacts/contact-row';
import { deliveryIdToPublic } from '@/lib/ids';

const listInteractionsSchema = z.object({
  contactId: z.string(),
  cursor: z.string().optional(),
  limit: z.number().int().min(1).max(200).default(50),
});
const cursorSchema = z.tuple([z.string().regex(/^\d{1,19}$/)]);

/** One line of a contact's history. */
export interface Interaction {
  id: string;
  at: Date;
  /** Such as `email.accepted` or `sms.failed`. */
  type: string;
  step: number | null;
  deliveryId: string | null;
  runId: string | null;
  runName: string | null;
  campaignId: string | null;
  campaignName: string | null;
  data: Record<string, unknown> | null;
}

/** What happened with a contact, newest first, in pages. Throws `not_found`. */
export async function listInteractions(
  ctx: Ctx,
  input: z.input<typeof listInteractionsSchema>,
): Promise<{ items: Interaction[]; nextCursor: string | null }> {
  if (!may(ctx, 'service.lookup')) authorise(ctx, 'contacts.read');
  const { contactId, cursor, limit } = parseInput(listInteractionsSchema, input);
  const after = cursor ? decodeCursor(cursorSchema, cursor)[0] : null;
  return withRead(ctx, async (tx) => {
    const { sql } = tx;
    const rows = await sql<Interaction[]>`
      select i.id, i.at, i.type, i.step, i.delivery_id as "deliveryId", i.run_id as "runId", r.name as "runName",
             r.campaign_id as "campaignId", k.name as "campaignName", i.data
      from interactions i
      left join runs r on r.id = i.run_id and r.workspace_id = i.workspace_id
      left join campaigns k on k.id = r.campaign_id and k.workspace_id = i.workspace_id
      where i.workspace_id = ${ctx.workspaceId} and i.contact_id = ${contactId}
        ${after ? sql`and i.id < ${after}::bigint` : sql``}
      order by i.id desc limit ${limit + 1}`;
    // whoever has a history exists
    if (rows.length === 0) await findContact(tx, ctx.workspaceId, contactId);
    const items = rows.slice(0, limit).map((row) => ({
      ...row,
      deliveryId: row.deliveryId === null ? null : deliveryIdToPublic(row.deliveryId),
    }));
    const last = rows.length > limit ? items.at(-1) : undefined;
    return { items, nextCursor: last ? encodeCursor([last.id]) : null };
  });
}
