import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { CustomerHit } from '@/lib/features/service/search-customers';

const SHOWN = 8;
/** How far back in the workspace's audit log to look. */
const LAST_ENTRIES = 2000;

/** The customers whom this very person looked up last, newest first. */
export async function recentLookUps(ctx: Ctx): Promise<Omit<CustomerHit, 'found'>[]> {
  authorise(ctx, 'service.lookup');
  return withTx(ctx, async ({ sql }) => {
    return await sql<Omit<CustomerHit, 'found'>[]>`
      select c.id, c.external_id as "externalId", c.email, c.phone, c.first_name as "firstName", c.last_name as "lastName"
      from (select subject_id, max(id) as last from (
              select id, subject_id, action, actor from audit_log where workspace_id = ${ctx.workspaceId}
              order by id desc limit ${LAST_ENTRIES}) a
            where action = 'service.looked_up' and actor ->> 'id' = ${actorLabel(ctx).id}
            group by subject_id order by last desc limit ${SHOWN}) l
      join contacts c on c.workspace_id = ${ctx.workspaceId} and c.id = l.subject_id and c.erased_at is null
      order by l.last desc`;
  });
}
