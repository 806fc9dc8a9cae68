import type { Ctx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import type { Planned } from '@/lib/domain/service-history';
import { loadRunIn } from '@/lib/features/runs/load-run';
import { planFor } from '@/lib/features/service/plan-for-contact';
import { plannedCampaigns } from '@/lib/features/service/planned-campaigns';

const MOST_RUNS = 40;

interface PlannedRow {
  id: string;
  campaign: string;
  at: Date | null;
  paused: boolean;
}

async function planOfRun(tx: Tx, ctx: Ctx, contactId: string, row: PlannedRow, now: Date): Promise<Planned> {
  const run = await loadRunIn(tx, ctx.workspaceId, row.id);
  const { campaignId, audience, frozen, bounceLimit, timeZone } = run;
  const flow = frozen.flow.slice(run.fromStep);
  const what = {
    campaignId,
    campaign: row.campaign,
    audience,
    segmentRules: frozen.segmentRules,
    flow,
    bounceLimit,
    timeZone,
  };
  const at = row.at && row.at > now ? row.at : now;
  return {
    runId: row.id,
    campaignId,
    campaign: row.campaign,
    at: row.at?.toISOString() ?? null,
    also: [],
    event: null,
    paused: row.paused,
    ...(await planFor(tx, ctx, contactId, what, at, now)),
  };
}

/**
 * What is still to come, each with what it will do for this contact and why, as things stand now: scheduled runs, the next
 * occurrences of recurring campaigns, and what an event would start; asked by the conditions that freezing will use then.
 */
export async function plannedRuns(tx: Tx, ctx: Ctx, contactId: string, now: Date): Promise<Planned[]> {
  const { workspaceId } = ctx;
  const rows = await tx.sql<PlannedRow[]>`
    select r.id, k.name as campaign, r.scheduled_at as at, r.status = 'paused' as paused
    from runs r join campaigns k on k.workspace_id = ${workspaceId} and k.id = r.campaign_id
    where r.workspace_id = ${workspaceId}
      and (r.status = 'scheduled' or (r.status = 'paused' and (r.resume_status = 'scheduled' or r.started_at is null)))
    order by r.scheduled_at nulls last, r.id limit ${MOST_RUNS}`;
  const planned: Planned[] = [];
  for (const row of rows) planned.push(await planOfRun(tx, ctx, contactId, row, now));
  planned.push(...(await plannedCampaigns(tx, ctx, contactId, now)));
  const place = ({ at }: Planned) => at ?? '9';
  return planned.sort((a, b) => (place(a) < place(b) ? -1 : place(a) > place(b) ? 1 : 0));
}
