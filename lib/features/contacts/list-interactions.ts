import { z } from 'zod';
import { authorise, type Ctx, may } from '@/lib/context';
import { withRead } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import { findContact } from '@/lib/features/contacts/contact-row';
import { toldLines } from '@/lib/features/contacts/told-lines';
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
      select i.id, i.at, coalesce(i.type, (v.outline -> i.step::int ->> 'kind') || '.accepted') as type, i.step,
             i.delivery_id as "deliveryId", i.run_id as "runId", r.name as "runName", r.campaign_id as "campaignId",
             k.name as "campaignName", i.data
      from (${toldLines(tx, ctx.workspaceId, sql`= ${contactId}`, { after, limit: limit + 1 })}) i
      left join runs r on r.id = i.run_id and r.workspace_id = ${ctx.workspaceId}
      left join campaigns k on k.id = r.campaign_id and k.workspace_id = ${ctx.workspaceId}
      left join campaign_versions v on v.id = r.version_id and v.workspace_id = ${ctx.workspaceId}
      order by i.id desc`;
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
