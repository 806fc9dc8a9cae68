import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import { decodeCursor, encodeCursor } from '@/lib/domain/cursor';
import { parseInput } from '@/lib/domain/parse-input';
import type { HistoryLine } from '@/lib/domain/service-history';
import { findContact } from '@/lib/features/contacts/contact-row';
import { type HistoryRow, lineOf } from '@/lib/features/service/history-line';
import { leftOutBetween } from '@/lib/features/service/left-out';
import { whoOpened } from '@/lib/features/service/who-opened';

export const contactHistorySchema = z.object({
  contactId: z.string(),
  cursor: z.string().optional(),
  limit: z.coerce.number().int().min(1).max(100).default(30),
});
const cursorSchema = z.tuple([z.string().regex(/^\d{1,19}$/), z.iso.datetime()]);

/** What became of a message later stands in its own line, not in lines of their own. */
const FACTS = ['delivered', 'opened', 'clicked', 'bounced', 'complained'].flatMap((fact) => [
  `email.${fact}`,
  `sms.${fact}`,
]);

/**
 * One page of lines, from interactions and from the deliveries that were accepted. A message has one line, that of the
 * state it is in: an earlier failure that a retry made good is not told.
 */
async function readPage({ sql }: Tx, workspaceId: string, contactId: string, after: string | null, limit: number) {
  return await sql<HistoryRow[]>`
    select i.id, i.at, coalesce(i.type, (v.outline -> i.step::int ->> 'kind') || '.accepted') as type, i.data,
           i.delivery_id as "deliveryId", k.name as campaign,
           v.outline -> i.step::int ->> 'name' as step, d.state, d.error_class as "errorClass", d.error_code as "errorCode",
           d.error_text as "errorText", d.skip_reason as "skipReason", d.settled_at as "settledAt",
           d.delivered_at as "deliveredAt", d.opened_at as "openedAt", d.clicked_at as "clickedAt",
           d.bounced_at as "bouncedAt", d.bounce_type as "bounceType", d.complained_at as "complainedAt",
           d.resend_of as "resendOf", d.resolution
    from (
      (select i.id, i.at, i.type, i.data, i.step, i.delivery_id, i.run_id
       from interactions i left join deliveries d on d.id = i.delivery_id and d.workspace_id = ${workspaceId}
       where i.workspace_id = ${workspaceId} and i.contact_id = ${contactId} and i.type <> all(${FACTS}::text[])
         ${after ? sql`and i.id < ${after}::bigint` : sql``}
         and (d.id is null or split_part(i.type, '.', 2) in ('unsubscribed', 'resubscribed', 'changed', 'resent')
           or split_part(i.type, '.', 2) = d.state::text or (d.state = 'superseded' and i.type like '%.in_doubt'))
       order by i.id desc limit ${limit + 1})
      union all
      (select d.history_id, d.settled_at, null, null, d.step, d.id, d.run_id from deliveries d
       where d.workspace_id = ${workspaceId} and d.contact_id = ${contactId} and d.history_id is not null
         ${after ? sql`and d.history_id < ${after}::bigint` : sql``}
       order by d.history_id desc limit ${limit + 1})
      order by id desc limit ${limit + 1}
    ) i
    left join deliveries d on d.id = i.delivery_id and d.workspace_id = ${workspaceId}
    left join runs r on r.id = i.run_id and r.workspace_id = ${workspaceId}
    left join campaigns k on k.id = r.campaign_id and k.workspace_id = ${workspaceId}
    left join campaign_versions v on v.id = r.version_id and v.workspace_id = ${workspaceId}
    order by i.id desc`;
}

/** A delivery that failed twice, or was proven twice, is told once. */
function onceEach(rows: readonly HistoryRow[]): HistoryRow[] {
  const seen = new Set<string>();
  return rows.filter(({ deliveryId, type }) => {
    if (deliveryId === null) return true;
    const key = `${deliveryId}/${type}`;
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * What happened with a customer, newest first, in pages: messages with everything known of them since, wishes, notes,
 * and the runs that left the customer out. Reads one contact's rows and one key per run. Throws `not_found`.
 */
export async function contactHistory(
  ctx: Ctx,
  input: z.input<typeof contactHistorySchema>,
): Promise<{ items: HistoryLine[]; nextCursor: string | null }> {
  authorise(ctx, 'service.lookup');
  const { contactId, cursor, limit } = parseInput(contactHistorySchema, input);
  const [afterId, afterAt] = cursor ? decodeCursor(cursorSchema, cursor) : [null, null];
  const { workspaceId } = ctx;
  return withTx(ctx, async (tx) => {
    await findContact(tx, workspaceId, contactId);
    const rows = await readPage(tx, workspaceId, contactId, afterId, limit);
    const page = rows.slice(0, limit);
    const last = rows.length > limit ? page.at(-1) : undefined;
    const shown = onceEach(page);
    const hits = await whoOpened(tx, workspaceId, shown);
    const leftOut = await leftOutBetween(tx, workspaceId, contactId, {
      after: last?.at ?? null,
      before: afterAt ? new Date(afterAt) : null,
    });
    const lines = shown.flatMap((row) => lineOf(row, hits.get(row.deliveryId ?? '')) ?? []);
    const items = [...lines, ...leftOut].sort((a, b) => (a.at < b.at ? 1 : a.at > b.at ? -1 : 0));
    return { items, nextCursor: last ? encodeCursor([last.id, last.at.toISOString()]) : null };
  });
}
