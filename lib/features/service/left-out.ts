import type { Tx } from '@/lib/db/client';
import type { CancelledLine, LeftOutLine } from '@/lib/domain/service-history';

const MOST_RUNS = 1000;
const MOST_WISHES = 100;

export interface OptOut {
  at: Date;
  channel: 'email' | 'sms';
  via: string | null;
}

/** When and where this contact opted out, newest first. */
export async function optOutsOf({ sql }: Tx, workspaceId: string, contactId: string): Promise<OptOut[]> {
  return await sql<OptOut[]>`
    select at, split_part(type, '.', 1) as channel, data ->> 'via' as via from interactions
    where workspace_id = ${workspaceId} and contact_id = ${contactId} and type in ('email.unsubscribed', 'sms.unsubscribed')
    order by id desc limit ${MOST_WISHES}`;
}

/** The opt-out that stood at a moment, for sentences. */
export function optOutBefore(optOuts: readonly OptOut[], moment: Date): { at: string; via: string | null } | null {
  const found = optOuts.find(({ at }) => at <= moment);
  return found ? { at: found.at.toISOString(), via: found.via } : null;
}

interface Row {
  id: string;
  at: Date;
  campaign: string;
  exclusion: string | null;
}

/** Runs between two moments that left this contact out, or were cancelled before its turn; reads one key of each run. */
export async function leftOutBetween(
  tx: Tx,
  workspaceId: string,
  contactId: string,
  { after, before }: { after: Date | null; before: Date | null },
): Promise<(LeftOutLine | CancelledLine)[]> {
  const { sql } = tx;
  const rows = await sql<Row[]>`
    select r.id, r.at, k.name as campaign, m.exclusion
    from (select id, campaign_id, status, coalesce(started_at, created_at) as at from runs
          where workspace_id = ${workspaceId} and status <> 'scheduled'
            ${after ? sql`and coalesce(started_at, created_at) >= ${after}` : sql``}
            ${before ? sql`and coalesce(started_at, created_at) < ${before}` : sql``}
          order by created_at desc limit ${MOST_RUNS}) r
    join run_members m on m.workspace_id = ${workspaceId} and m.run_id = r.id and m.contact_id = ${contactId}
    join campaigns k on k.workspace_id = ${workspaceId} and k.id = r.campaign_id
    where m.exclusion is not null or (r.status = 'cancelled' and exists (
      select 1 from deliveries d where d.workspace_id = ${workspaceId} and d.run_id = r.id and d.contact_id = ${contactId}
        and d.resend_of is null and d.state = 'cancelled'))`;
  const isOptOut = rows.some(
    ({ exclusion }) => exclusion === 'global_opt_out' || exclusion === 'unsubscribed_from_list',
  );
  const optOuts = isOptOut ? await optOutsOf(tx, workspaceId, contactId) : [];
  return rows.map(({ id, at, campaign, exclusion }) =>
    exclusion === null
      ? { kind: 'cancelled', id, at: at.toISOString(), campaign }
      : { kind: 'left_out', id, at: at.toISOString(), campaign, reason: exclusion, optOut: optOutBefore(optOuts, at) },
  );
}
