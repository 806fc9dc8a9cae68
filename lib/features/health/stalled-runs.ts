import { authorise, type Ctx } from '@/lib/context';
import { type Tx, withTx } from '@/lib/db/client';
import type { RunStatus } from '@/lib/domain/run';
import { lookAround, type StallCause, type Standstill, stallCause } from '@/lib/features/health/stall-cause';
import { stillQueued } from '@/lib/features/health/still-queued';
import { loadRunIn } from '@/lib/features/runs/load-run';
import { waveOpening } from '@/lib/features/runs/wave-opening';

export const STALLED_AFTER_SECONDS = 60;

export interface StalledRun extends StallCause {
  runId: string;
  name: string;
  status: RunStatus;
  /** Since when nothing moved although something should. */
  since: Date;
  /** Deliveries that could go now. */
  due: number;
}

/** A wave whose interval is over still waits for the hours in which it may go. */
async function waveDueAt(tx: Tx, workspaceId: string, { runId, since }: Standstill): Promise<Date> {
  const run = await loadRunIn(tx, workspaceId, runId);
  return new Date(waveOpening(run, since.getTime()));
}

/**
 * Runs that should move and have not for a minute, each with the reason as far as the database can tell it: sending with
 * work due and nothing settled, queuing without a chunk, scheduled and not started.
 */
export async function stalledRuns(ctx: Ctx, runId?: string): Promise<StalledRun[]> {
  authorise(ctx, 'runs.read');
  return withTx(ctx, async (tx) => {
    const { sql } = tx;
    const rows = await sql<(Standstill & { isWave: boolean; askedAt: Date })[]>`
      with moving as (
        select r.id, r.name, r.status, r.workspace_id, r.version_id,
          exists (select 1 from batches x where x.workspace_id = r.workspace_id and x.run_id = r.id and x.state = 'ready') as is_busy,
          exists (select 1 from batches x where x.workspace_id = r.workspace_id and x.run_id = r.id and x.state <> 'done') as is_open,
          greatest(r.last_progress_at, r.queued_at, r.started_at, case when r.status = 'scheduled' then r.scheduled_at end,
            (select max(k.at) + interval '10 seconds' from run_rates k where k.workspace_id = r.workspace_id and k.run_id = r.id)) as moved_at
        from runs r where r.workspace_id = ${ctx.workspaceId} ${runId ? sql`and r.id = ${runId}` : sql`and r.seed_of is null`}
          and (r.status in ('sending', 'queuing') or (r.status = 'scheduled' and r.scheduled_at < now()))
      )
      select m.id as "runId", m.name, m.status, greatest(m.moved_at, b.due_at, w.due_at) as since,
        coalesce(b.due, w.size, 0)::int as due, b.due is null and w.size is not null as "isWave", now() as "askedAt", b.held, b.provider, b.reason as "providerReason"
      from moving m left join lateral (
        select min(x.not_before) as due_at, sum(${stillQueued(tx, sql`x`)}) as due, max(x.lease_owner) filter (where x.lease_until > now()) as held,
          max(a.name) filter (where a.breaker_state <> 'closed' or a.breaker_retry_at > now()) as provider,
          max(a.breaker_reason) filter (where a.breaker_state <> 'closed' or a.breaker_retry_at > now()) as reason
        from batches x left join provider_accounts a on a.id = x.provider_account_id
        where x.workspace_id = m.workspace_id and x.run_id = m.id and x.state = 'ready' and x.not_before <= now()
      ) b on true
      left join lateral (
        -- the wave that should be out by now: the first one, or the next one when its interval is over
        select w.size, t.released_at + t.interval_ms * interval '1 ms' as due_at
        from waves w, lateral (
          select max(o.released_at) as released_at, coalesce(min(p.interval_ms), 0) as interval_ms, coalesce(min(p.gate), 'interval') as gate
          from (select (v.frozen #>> '{policy,waveIntervalMs}')::float8 as interval_ms, v.frozen #>> '{policy,waveGate}' as gate
                from campaign_versions v where v.id = m.version_id) p
          left join waves o on o.workspace_id = m.workspace_id and o.run_id = m.id and o.released_at is not null
        ) t
        where w.workspace_id = m.workspace_id and w.run_id = m.id and w.status = 'held'
          and (t.released_at is null or (t.gate = 'interval' and t.released_at + t.interval_ms * interval '1 ms' < now()
            and (t.interval_ms > 0 or not m.is_busy)))
        order by w.number limit 1
      ) w on m.status = 'sending'
      where (m.status <> 'sending' or b.due > 0 or w.size > 0 or not m.is_open)
        and greatest(m.moved_at, b.due_at, w.due_at) < now() - ${STALLED_AFTER_SECONDS} * interval '1 second'
      order by since`;
    const standing: Standstill[] = [];
    for (const { isWave, askedAt, ...row } of rows) {
      const since = isWave ? await waveDueAt(tx, ctx.workspaceId, row) : row.since;
      const isLate = !isWave || askedAt.getTime() - since.getTime() >= STALLED_AFTER_SECONDS * 1000;
      if (isLate) standing.push({ ...row, since });
    }
    if (standing.length === 0) return [];
    const around = await lookAround(tx);
    return standing.map((row) => {
      const { held: _, provider: __, providerReason: ___, ...run } = row;
      return { ...run, ...stallCause(row, around) };
    });
  });
}
