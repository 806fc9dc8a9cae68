import type { Tx } from '@/lib/db/client';
import type { Fragment } from '@/lib/features/contacts/fragment';

/**
 * The newest lines of history of some contacts that are older than a line: what was written down, and the accepted
 * messages, which their deliveries tell. Columns id, contact_id, at, type (null for the latter), step, delivery_id, run_id
 * and data. `contacts` is a condition that begins with an operator, so that one contact is read in order.
 */
export function toldLines(
  { sql }: Pick<Tx, 'sql'>,
  workspaceId: string,
  contacts: Fragment,
  page: { after: string | null; limit: number },
): Fragment {
  const older = (id: Fragment) => (page.after ? sql`and ${id} < ${page.after}::bigint` : sql``);
  return sql`
    (select i.id, i.contact_id, i.at, i.type, i.step, i.delivery_id, i.run_id, i.data from interactions i
     where i.workspace_id = ${workspaceId} and i.contact_id ${contacts} ${older(sql`i.id`)}
     order by i.id desc limit ${page.limit})
    union all
    (select d.history_id, d.contact_id, d.settled_at, null, d.step, d.id, d.run_id,
       case when d.resolution is not null then jsonb_build_object('evidence', d.resolution, 'text', d.answer) end
     from deliveries d
     where d.workspace_id = ${workspaceId} and d.contact_id ${contacts} and d.history_id is not null ${older(sql`d.history_id`)}
     order by d.history_id desc limit ${page.limit})
    order by id desc limit ${page.limit}`;
}
