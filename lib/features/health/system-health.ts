import { authorise, type Ctx } from '@/lib/context';
import { withSystemTx, withTx } from '@/lib/db/client';

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

export interface QueueHealth {
  /** Deliveries and batches that could go now, and the age of the oldest. */
  dueDeliveries: number;
  dueBatches: number;
  oldestDueAt: Date | null;
  /** Waiting for a later time: waves, wait steps, further attempts. */
  laterDeliveries: number;
  held: number;
  onWire: number;
  notices: { queued: number; failed: number; oldestAt: Date | null };
  events: { unmatched: number; oldestAt: Date | null };
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

async function queueHealth(ctx: Ctx): Promise<QueueHealth> {
  return withTx(ctx, async ({ sql }) => {
    const ws = ctx.workspaceId;
    const [work] = await sql<Omit<QueueHealth, 'notices' | 'events'>[]>`
      with active as (select id from runs where workspace_id = ${ws} and status = 'sending'),
      ready as (
        select b.id, b.size, case when b.state = 'held' then 'infinity' else b.not_before end as not_before,
          coalesce(b.lease_until > now(), false) as held
        from active join batches b on b.run_id = active.id and b.workspace_id = ${ws} and b.state in ('ready', 'held')
      )
      select coalesce(sum(size) filter (where not held and not_before <= now()), 0)::int as "dueDeliveries",
        count(*) filter (where not held and not_before <= now())::int as "dueBatches",
        min(not_before) filter (where not held and not_before <= now()) as "oldestDueAt",
        coalesce(sum(size) filter (where not held and not_before > now()), 0)::int as "laterDeliveries",
        count(*) filter (where held)::int as held,
        (select coalesce(sum(cardinality(i.delivery_ids)), 0)::int from ready x join intents i on i.batch_id = x.id
          where x.held and i.closed_at is null) as "onWire"
      from ready`;
    const [notices] = await sql<QueueHealth['notices'][]>`
      select count(*) filter (where state <> 'failed')::int as queued, count(*) filter (where state = 'failed')::int as failed,
        min(created_at) filter (where state <> 'failed') as "oldestAt"
      from notices where workspace_id = ${ws} and (state in ('queued', 'sending')
        or (state = 'failed' and created_at > now() - interval '7 days'))`;
    const [events] = await sql<QueueHealth['events'][]>`
      select count(*)::int as unmatched, min(received_at) as "oldestAt" from provider_events
      where workspace_id = ${ws} and matched_at is null`;
    return {
      dueDeliveries: 0,
      dueBatches: 0,
      oldestDueAt: null,
      laterDeliveries: 0,
      held: 0,
      onWire: 0,
      ...work,
      notices: notices ?? { queued: 0, failed: 0, oldestAt: null },
      events: events ?? { unmatched: 0, oldestAt: null },
    };
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
