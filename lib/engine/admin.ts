import type postgres from 'postgres';
import { cancelRun } from './timers';
import type { RunStatus } from './transition';

export interface RunSummary {
  id: string;
  functionId: string;
  eventId: string;
  eventName: string | null;
  status: RunStatus;
  output: unknown;
  stepCount: number;
  attempt: number | null;
  nextAt: Date | null;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
}
export interface RunFilter {
  status?: RunStatus;
  functionId?: string;
  eventId?: string;
  limit?: number;
  before?: Date;
}
export interface QueueState {
  due: number;
  scheduled: number;
  running: number;
  sleeping: number;
  unrouted: number;
  oldestDueMs: number;
}
export interface EngineAdmin {
  /** Newest first. */
  listRuns(filter?: RunFilter): Promise<RunSummary[]>;
  failedRuns(limit?: number): Promise<RunSummary[]>;
  listSteps(runId: string): Promise<{ name: string | null; op: string; result: unknown; recordedAt: Date }[]>;
  /** False if the run has already ended; a step under way is finished, its result is dropped. */
  cancelRun(runId: string): Promise<boolean>;
  queue(): Promise<QueueState>;
}

export function createAdmin(sql: postgres.Sql, transactions: postgres.Sql): EngineAdmin {
  const listRuns = (filter: RunFilter = {}): Promise<RunSummary[]> => {
    const { status = null, functionId = null, eventId = null, limit = 50, before = null } = filter;
    return sql<RunSummary[]>`
      select r.id, r.fn_id as "functionId", r.event_id as "eventId", 
        (select e.name from engine.event e where e.id = r.event_id) as "eventName", r.status, r.output,
        (select count(*)::int from engine.step s where s.run_id = r.id) as "stepCount",
        j.attempt, j.run_at as "nextAt", r.created_at as "createdAt", r.started_at as "startedAt", r.ended_at as "endedAt"
      from engine.run r
      left join lateral (select max(attempt) as attempt, min(run_at) as run_at from engine.job where run_id = r.id) j on true
      where (${status}::text is null or r.status = ${status}) and (${functionId}::text is null or r.fn_id = ${functionId})
        and (${eventId}::text is null or r.event_id = ${eventId})
        and (${before}::timestamptz is null or r.created_at < ${before})
      order by r.created_at desc, r.id desc limit ${limit}`;
  };
  return {
    listRuns,
    failedRuns: (limit = 50) => listRuns({ status: 'failed', limit }),
    listSteps: (runId) =>
      sql`select name, op, result, recorded_at as "recordedAt" from engine.step where run_id = ${runId} order by seq`,
    cancelRun: (runId) => cancelRun(transactions, runId),
    queue: async () => {
      const [row] = await sql<QueueState[]>`
        select count(*) filter (where owner is null and run_at <= clock_timestamp())::int as due,
          count(*) filter (where owner is null and run_at > clock_timestamp())::int as scheduled,
          count(*) filter (where owner is not null)::int as running,
          (select count(*)::int from engine.timer where kind = 'sleep') as sleeping,
          (select count(*)::int from engine.event where routed_at is null) as unrouted,
          greatest(0, coalesce(extract(epoch from clock_timestamp() - least(
            min(run_at) filter (where owner is null), (select min(received_at) from engine.event where routed_at is null)
          )) * 1000, 0))::float8 as "oldestDueMs"
        from engine.job`;
      return row ?? { due: 0, scheduled: 0, running: 0, sleeping: 0, unrouted: 0, oldestDueMs: 0 };
    },
  };
}
