import type postgres from 'postgres';

export interface ClaimedJob {
  id: string;
  runId: string;
  kind: 'discover' | 'step';
  stepId: string;
  attempt: number;
  maxAttempts: number;
  owner: number;
  generation: number;
  lost: number;
}

/** Takes up to `slots` due jobs, oldest first, never more of one key than its limit over all executors together. */
export async function claimJobs(
  sql: postgres.Sql,
  owner: number,
  slots: number,
  leaseMs: number,
): Promise<ClaimedJob[]> {
  return sql<ClaimedJob[]>`
    select id, run_id as "runId", kind, step_id as "stepId", attempt, max_attempts as "maxAttempts", owner, generation, lost
    from engine.claim(${owner}, ${slots}, ${leaseMs}) order by order_at, id`;
}

/** Milliseconds until a job that is not due yet becomes due, at most `limitMs`. */
export async function untilNextJobMs(sql: postgres.Sql, limitMs: number): Promise<number> {
  const [row] = await sql<{ ms: number | null }[]>`
    select extract(epoch from min(run_at) - clock_timestamp())::float8 * 1000 as ms
    from engine.job where owner is null and run_at > clock_timestamp()`;
  return Math.min(limitMs, Math.max(1, row?.ms ?? limitMs));
}

export interface CallState {
  fnId: string;
  eventsJson: string;
  stepsJson: string;
  stack: string[];
  stateBytes: number;
  planOnly: boolean;
  defers: Record<string, { aborted?: boolean }>;
  startedAt: Date;
}

/** Marks the run as begun and reads all a call needs; undefined if the run has ended. Texts come as canonical JSON. */
export async function loadCall(sql: postgres.Sql, runId: string): Promise<CallState | undefined> {
  const [row] = await sql<CallState[]>`
    with begun as (
      update engine.run set status = 'running', started_at = clock_timestamp()
      where id = ${runId} and status = 'queued' returning *
    ), r as (
      select * from begun
      union all
      select * from engine.run where id = ${runId} and status = 'running' and not exists (select 1 from begun)
    )
    select r.fn_id as "fnId", r.events::text as "eventsJson", r.plan_only as "planOnly", r.defers,
      r.started_at as "startedAt", s.*
    from r cross join lateral (
      select coalesce(string_agg(format('"%s":%s', id, result), ',' order by id), '') as "stepsJson",
        coalesce(json_agg(id order by seq), '[]') as stack,
        coalesce(sum(octet_length(result::text)), 0)::int as "stateBytes"
      from engine.step where run_id = ${runId}
    ) s`;
  return row;
}
