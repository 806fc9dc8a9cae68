import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { stalledRuns } from '@/lib/features/health/stalled-runs';

/** Something a person should look at: a sentence can be made of it, and it leads somewhere. */
export interface AttentionItem {
  kind: 'stalled' | 'paused_by_breaker' | 'paused' | 'not_started' | 'in_doubt' | 'failed' | 'provider';
  /** The run, or the provider account. */
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
  'paused_by_breaker',
  'provider',
  'not_started',
  'paused',
  'in_doubt',
  'failed',
];

/** What needs a person now: stalled, paused and unstarted runs, providers held back, doubt of any age, failures of the last week. */
export async function needsAttention(ctx: Ctx): Promise<AttentionItem[]> {
  authorise(ctx, 'runs.read');
  const stalled = await stalledRuns(ctx);
  const items = await withTx(ctx, async ({ sql }) => {
    const ws = ctx.workspaceId;
    return await sql<AttentionItem[]>`
      with counted as (
        select k.run_id, sum(k.n) filter (where k.state = 'in_doubt') as in_doubt, sum(k.n) filter (where k.state = 'failed') as failed
        from run_counters k where k.workspace_id = ${ws} and k.state in ('in_doubt', 'failed') and k.wave <> ${RESENT_WAVE} group by 1
      )
      select case when r.status = 'paused' and r.paused_by ->> 'type' = 'system' then 'paused_by_breaker'
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
    ...items,
  ];
  return all.sort((a, b) => RANK.indexOf(a.kind) - RANK.indexOf(b.kind) || b.since.getTime() - a.since.getTime());
}
