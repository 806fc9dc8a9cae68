import { authorise, type Ctx } from '@/lib/context';
import { withSystemTx, withTx } from '@/lib/db/client';
import { type QueueHealth, queueHealth } from '@/lib/features/health/queue-health';

export interface WorkerHealth {
  id: string;
  host: string;
  pid: number;
  startedAt: Date;
  heartbeatAt: Date;
  stoppedAt: Date | null;
  /** `gone`: neither stopped in order nor heard of lately. */
  state: 'alive' | 'stopped' | 'gone';
  rssBytes: number | null;
  /** Batches of this workspace it holds now. */
  holding: number;
}

export interface EngineHealth {
  /** Null when a real Inngest does the work, or the engine has not been started yet. */
  jobsDue: number;
  jobsRunning: number;
  jobsLater: number;
  oldestDueAt: Date | null;
  failedLastDay: number;
}

export interface SystemHealth {
  now: Date;
  database: { version: string; connections: number; maxConnections: number; sizeBytes: number; readOnly: boolean };
  workers: WorkerHealth[];
  queue: QueueHealth;
  engine: EngineHealth | null;
}

const ALIVE_SECONDS = 15;
const MAX_WORKERS = 20;

async function engineHealth(): Promise<EngineHealth | null> {
  return withSystemTx(async ({ sql }) => {
    const [there] = await sql<{ jobs: string | null }[]>`select to_regclass('engine.job')::text as jobs`;
    if (!there?.jobs) return null;
    const [row] = await sql<EngineHealth[]>`
      select count(*) filter (where owner is null and run_at <= now())::int as "jobsDue",
        count(*) filter (where owner is not null)::int as "jobsRunning",
        count(*) filter (where owner is null and run_at > now())::int as "jobsLater",
        min(run_at) filter (where owner is null and run_at <= now()) as "oldestDueAt",
        (select count(*)::int from engine.run where status = 'failed' and ended_at > now() - interval '1 day') as "failedLastDay"
      from engine.job`;
    return row ?? null;
  });
}

/** The machinery as it is now: database, workers with their heartbeats, what is queued and how old it is, the engine. */
export async function systemHealth(ctx: Ctx): Promise<SystemHealth> {
  authorise(ctx, 'runs.read');
  const { workers, database } = await withTx(ctx, async ({ sql }) => {
    const workers = await sql<WorkerHealth[]>`
      select w.id, w.host, w.pid, w.started_at as "startedAt", w.heartbeat_at as "heartbeatAt", w.stopped_at as "stoppedAt",
        case when w.stopped_at is not null then 'stopped'
             when w.heartbeat_at > now() - ${ALIVE_SECONDS} * interval '1 second' then 'alive' else 'gone' end as state,
        w.rss_bytes::float8 as "rssBytes",
        (select count(*)::int from runs r join batches b on b.run_id = r.id and b.state = 'ready' and b.lease_owner = w.id
          and b.lease_until > now() where r.workspace_id = ${ctx.workspaceId} and r.status = 'sending') as holding
      from workers w where w.stopped_at is null or w.stopped_at > now() - interval '1 day'
      order by w.stopped_at is not null, w.heartbeat_at desc limit ${MAX_WORKERS}`;
    const [database] = await sql<(SystemHealth['database'] & { now: Date })[]>`
      select now() as now, current_setting('server_version') as version,
        (select count(*)::int from pg_stat_activity where datname = current_database()) as connections,
        current_setting('max_connections')::int as "maxConnections", pg_database_size(current_database())::float8 as "sizeBytes",
        pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean as "readOnly"`;
    return { workers: [...workers], database };
  });
  const [queue, engine] = await Promise.all([queueHealth(ctx), engineHealth()]);
  const { now = new Date(), ...facts } = database ?? {
    version: '',
    connections: 0,
    maxConnections: 0,
    sizeBytes: 0,
    readOnly: false,
  };
  return { now, database: facts, workers, queue, engine };
}
