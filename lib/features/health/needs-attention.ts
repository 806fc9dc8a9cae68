import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import type { AttentionKind } from '@/lib/domain/attention-words';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { momentWords } from '@/lib/domain/recurrence-words';
import { stalledRuns } from '@/lib/features/health/stalled-runs';
import { type RecurringCampaign, recurringCampaigns } from '@/lib/features/occurrences/recurring-campaigns';

/** Something a person should look at: a sentence can be made of it, and it leads somewhere. */
export interface AttentionItem {
  kind: AttentionKind;
  /** The run, the provider account, or the recurring campaign. */
  subjectId: string;
  name: string;
  since: Date;
  /** Deliveries it is about. */
  n: number;
  reason: string | null;
}

const RECENT_DAYS = 7;
const MAX_ITEMS = 50;
const RANK: AttentionItem['kind'][] = [
  'stalled',
  'overdue',
  'paused_by_breaker',
  'held',
  'provider',
  'not_started',
  'paused',
  'in_doubt',
  'occurrence',
  'failed',
];

/** Recurring campaigns that did not do what was expected of them, until an occurrence does. */
function ofRecurring(campaigns: RecurringCampaign[]): AttentionItem[] {
  return campaigns.flatMap(({ campaignId, name, nextAt, isOverdue, last, timeZone }): AttentionItem[] => {
    const item = { subjectId: campaignId, name, n: 0 };
    if (isOverdue) {
      const reason = `It should have started on ${momentWords(nextAt, timeZone)}.`;
      return [{ ...item, kind: 'overdue', since: nextAt, reason }];
    }
    const reason =
      last?.unexpectedWords ?? (last?.state === 'missed' || last?.state === 'skipped' ? last.reason : null);
    return last && reason ? [{ ...item, kind: 'occurrence', since: new Date(last.plannedAt), reason }] : [];
  });
}

/**
 * What needs a person now: stalled, paused and unstarted runs, overdue and unexpected occurrences, providers held back,
 * doubt of any age, failures of the last week.
 */
export async function needsAttention(ctx: Ctx): Promise<AttentionItem[]> {
  authorise(ctx, 'runs.read');
  const [stalled, recurring] = await Promise.all([stalledRuns(ctx), recurringCampaigns(ctx)]);
  const items = await withTx(ctx, async ({ sql }) => {
    const ws = ctx.workspaceId;
    return await sql<AttentionItem[]>`
      with counted as (
        select k.run_id, sum(k.n) filter (where k.state = 'in_doubt') as in_doubt, sum(k.n) filter (where k.state = 'failed') as failed
        from run_counters k where k.workspace_id = ${ws} and k.state in ('in_doubt', 'failed') and k.wave <> ${RESENT_WAVE} group by 1
      )
      select case when r.status = 'paused' and r.paused_account_id is not null then 'paused_by_breaker'
                  when r.status = 'paused' and r.paused_by ->> 'type' = 'system' then 'held'
                  when r.status = 'paused' then 'paused' else 'not_started' end as kind,
        r.id as "subjectId", r.name, coalesce(
          (select max(a.at) from audit_log a where a.workspace_id = r.workspace_id and a.subject_type = 'run'
            and a.subject_id = r.id and a.action in ('run.paused', 'run.failed')), r.created_at) as since,
        coalesce(r.audience_count, 0) as n, r.status_reason as reason
      from runs r where r.workspace_id = ${ws} and r.seed_of is null
        and (r.status = 'paused' or (r.status = 'failed' and r.created_at > now() - ${RECENT_DAYS} * interval '1 day'))
      union all
      select 'in_doubt', r.id, r.name, coalesce(r.started_at, r.created_at), c.in_doubt::int, null
      from counted c join runs r on r.workspace_id = ${ws} and r.id = c.run_id where c.in_doubt > 0 and r.seed_of is null
      union all
      select 'failed', r.id, r.name, coalesce(r.completed_at, r.started_at, r.created_at), c.failed::int, null
      from counted c join runs r on r.workspace_id = ${ws} and r.id = c.run_id
      where c.failed > 0 and r.seed_of is null and r.status <> 'cancelled'
        and coalesce(r.completed_at, now()) > now() - ${RECENT_DAYS} * interval '1 day'
      union all
      select 'provider', a.id, a.name, coalesce(a.breaker_opened_at, now()), 0, a.breaker_reason
      from provider_accounts a where a.workspace_id = ${ws} and a.archived_at is null and a.breaker_state <> 'closed'
      order by since desc limit ${MAX_ITEMS}`;
  });
  const all: AttentionItem[] = [
    ...stalled.map(
      (run): AttentionItem => ({
        kind: 'stalled',
        subjectId: run.runId,
        name: run.name,
        since: run.since,
        n: run.due,
        reason: run.because,
      }),
    ),
    ...ofRecurring(recurring),
    ...items,
  ];
  return all.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || b.since.getTime() - a.since.getTime());
}
