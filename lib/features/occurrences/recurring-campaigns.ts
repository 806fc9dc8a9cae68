import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { nextOccurrences, type RecurrencePlan } from '@/lib/domain/recurrence';
import type { RunStatus } from '@/lib/domain/run';
import type { OccurrenceRow } from '@/lib/features/recurrences/occurrence-row';

/** Not started so long after its time, an occurrence is overdue. */
const OVERDUE_AFTER_MS = 2 * 60_000;

export interface RecurringCampaign {
  campaignId: string;
  name: string;
  words: string;
  timeZone: string;
  /** The occurrence that comes next, or that should have come. */
  nextAt: Date;
  isOverdue: boolean;
  /** The newest occurrence, whatever became of it; one that a person left out does not count. */
  last:
    | (Omit<OccurrenceRow, 'plannedAt' | 'decidedBy'> & {
        plannedAt: string;
        runStatus: RunStatus | null;
        audience: number | null;
        issues: number;
      })
    | null;
}

type Row = Omit<RecurringCampaign, 'timeZone' | 'isOverdue'> & { plan: RecurrencePlan };

/** Every campaign that recurs at the moment, with its last result and when it is expected next; overdue ones first. */
export async function recurringCampaigns(ctx: Ctx): Promise<RecurringCampaign[]> {
  authorise(ctx, 'runs.read');
  const rows = await withTx(
    ctx,
    ({ sql }) => sql<Row[]>`
      select c.campaign_id as "campaignId", k.name, c.words, c.plan, c.next_at as "nextAt",
        (select jsonb_build_object('plannedAt', o.planned_at, 'state', o.state, 'runId', o.run_id, 'reason', o.reason,
            'unexpected', o.unexpected, 'unexpectedWords', o.unexpected_words, 'runStatus', r.status, 'audience', r.audience_count,
            'issues', (select coalesce(sum(n), 0) from run_counters i where i.workspace_id = o.workspace_id and i.run_id = o.run_id
              and i.wave <> ${RESENT_WAVE} and i.state in ('failed', 'in_doubt')))
          from occurrences o left join runs r on r.workspace_id = o.workspace_id and r.id = o.run_id
          where o.workspace_id = c.workspace_id and o.campaign_id = c.campaign_id and o.planned_at <= now()
            and (o.state <> 'skipped' or o.decided_by is null)
          order by o.planned_at desc limit 1) as last
      from recurrences c join campaigns k on k.workspace_id = c.workspace_id and k.id = c.campaign_id
      where c.workspace_id = ${ctx.workspaceId} and c.status = 'active'
      order by c.next_at, c.campaign_id limit 500`,
  );
  const overdueBefore = databaseNow().getTime() - OVERDUE_AFTER_MS;
  return rows.map(({ plan, ...row }) => ({
    ...row,
    timeZone: plan.timeZone,
    isOverdue: row.nextAt.getTime() < overdueBefore,
  }));
}

export interface ComingOccurrence {
  campaignId: string;
  name: string;
  plannedAt: Date;
  /** How many more of the same campaign come within the days that were asked for. */
  more: number;
}

const SHOWN_EACH = 3;
const COUNTED_EACH = 200;

/** The occurrences that come within so many days, in order; of each campaign the first few, and how many follow. */
export async function comingOccurrences(ctx: Ctx, days: number): Promise<ComingOccurrence[]> {
  authorise(ctx, 'runs.read');
  const { rows, skipped } = await withTx(ctx, async ({ sql }) => ({
    rows: await sql<{ campaignId: string; name: string; plan: RecurrencePlan }[]>`
      select c.campaign_id as "campaignId", k.name, c.plan from recurrences c
      join campaigns k on k.workspace_id = c.workspace_id and k.id = c.campaign_id
      where c.workspace_id = ${ctx.workspaceId} and c.status = 'active' and c.next_at < now() + make_interval(days => ${days})
      order by c.next_at limit 200`,
    skipped: await sql<{ campaignId: string; plannedAt: Date }[]>`
      select campaign_id as "campaignId", planned_at as "plannedAt" from occurrences
      where workspace_id = ${ctx.workspaceId} and planned_at > now() and state = 'skipped'`,
  }));
  const left = new Set(skipped.map(({ campaignId, plannedAt }) => `${campaignId} ${plannedAt.getTime()}`));
  const now = databaseNow();
  const untilMs = now.getTime() + days * 86_400_000;
  return rows
    .flatMap(({ campaignId, name, plan }) => {
      const all = nextOccurrences(plan, now, COUNTED_EACH).filter(
        (at) => at.getTime() < untilMs && !left.has(`${campaignId} ${at.getTime()}`),
      );
      const more = Math.max(0, all.length - SHOWN_EACH);
      const shown = all.slice(0, SHOWN_EACH);
      return shown.map((plannedAt, i) => ({ campaignId, name, plannedAt, more: i === shown.length - 1 ? more : 0 }));
    })
    .sort((a, b) => a.plannedAt.getTime() - b.plannedAt.getTime());
}
