import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import type { OutcomeCounts } from '@/lib/domain/outcome-counts';
import { parseInput } from '@/lib/domain/parse-input';
import type { RunStatus } from '@/lib/domain/run';

export const PERIODS = [7, 30, 90, 365] as const;

export const reportRunsSchema = z.object({
  /** Runs that started in the last so many days. */
  days: z.coerce.number().int().min(1).max(3660).default(30),
  campaignId: z.string().max(60).optional(),
  runIds: z.array(z.string().max(60)).max(100).optional(),
});

export interface ReportRun extends OutcomeCounts {
  runId: string;
  name: string;
  campaignId: string;
  campaignName: string;
  status: RunStatus;
  startedAt: Date;
  audience: number;
  /** Of messages, as counted live; records are not messages. */
  sent: number;
  /** Of those, emails: only they can be opened and clicked. */
  emails: number;
  failed: number;
  inDoubt: number;
  /** When the outcomes were last counted; null before the first time. */
  countedAt: Date | null;
}

const MAX_RUNS = 1000;

/** Runs with their messages and what became of them, newest first; the numbers every report is made of. */
export async function reportRuns(ctx: Ctx, input: z.input<typeof reportRunsSchema> = {}): Promise<ReportRun[]> {
  authorise(ctx, 'reports.read');
  const { days, campaignId, runIds } = parseInput(reportRunsSchema, input);
  return withTx(ctx, async ({ sql }) => {
    const rows = await sql<ReportRun[]>`
      with picked as materialized (
        select r.id, r.workspace_id, r.name, r.campaign_id, r.status, coalesce(r.started_at, r.created_at) as started_at,
          coalesce(r.audience_count, 0) as audience,
          array(select (s.n - 1)::smallint from jsonb_array_elements(v.outline) with ordinality s(step, n)
                where s.step ->> 'kind' in ('email', 'sms')) as messages,
          array(select (s.n - 1)::smallint from jsonb_array_elements(v.outline) with ordinality s(step, n)
                where s.step ->> 'kind' = 'email') as emails
        from runs r join campaign_versions v on v.id = r.version_id
        where r.workspace_id = ${ctx.workspaceId} and r.status <> 'scheduled' and r.seed_of is null
          ${runIds ? sql`and r.id = any(${runIds}::text[])` : sql`and coalesce(r.started_at, r.created_at) > now() - ${days} * interval '1 day'`}
          ${campaignId ? sql`and r.campaign_id = ${campaignId}` : sql``}
        order by r.created_at desc limit ${MAX_RUNS}
      )
      select p.id as "runId", p.name, p.campaign_id as "campaignId", c.name as "campaignName", p.status,
        p.started_at as "startedAt", p.audience, coalesce(k.sent, 0)::int as sent, coalesce(k.emails, 0)::int as emails,
        coalesce(k.failed, 0)::int as failed,
        coalesce(k.in_doubt, 0)::int as "inDoubt", o.*
      from picked p join campaigns c on c.id = p.campaign_id
      left join lateral (
        select sum(n) filter (where state = 'accepted') as sent,
          sum(n) filter (where state = 'accepted' and k.step = any(p.emails)) as emails, sum(n) filter (where state = 'failed') as failed,
          sum(n) filter (where state = 'in_doubt') as in_doubt
        from run_counters k where k.workspace_id = p.workspace_id and k.run_id = p.id and k.step = any(p.messages)
          and k.wave <> ${RESENT_WAVE}
      ) k on true
      left join lateral (
        select min(counted_at) as "countedAt", coalesce(sum(accepted), 0)::int as accepted,
          coalesce(sum(delivered), 0)::int as delivered, coalesce(sum(hard_bounced), 0)::int as "hardBounced",
          coalesce(sum(soft_bounced), 0)::int as "softBounced", coalesce(sum(complained), 0)::int as complained,
          coalesce(sum(opened_by_people), 0)::int as "openedByPeople", coalesce(sum(opened_by_machines), 0)::int as "openedByMachines",
          coalesce(sum(opened_unknown), 0)::int as "openedUnknown", coalesce(sum(clicked), 0)::int as clicked,
          coalesce(sum(unsubscribed), 0)::int as unsubscribed
        from run_outcomes o where o.workspace_id = p.workspace_id and o.run_id = p.id and o.step = any(p.messages)
      ) o on true
      order by p.started_at desc, p.id desc`;
    return [...rows];
  });
}
