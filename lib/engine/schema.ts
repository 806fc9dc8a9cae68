import type postgres from 'postgres';
import { transactionOn } from '@/lib/db/transaction';

/** Two-key advisory locks of the engine: the first key names the purpose, so they never meet an application's locks. */
export const LOCK = { migrate: 741_001, claim: 741_002, route: 741_003, owner: 741_004, clock: 741_005 } as const;
export const CHANNEL = 'engine_event';

const TABLES = `
create table engine.fn (
  id text collate "C" primary key,
  app_id text not null,
  config json not null,
  listens_to text[] not null,
  updated_at timestamptz not null default now()
);

create table engine.event (
  seq bigint generated always as identity primary key,
  id text collate "C" not null unique,
  name text not null,
  payload json not null,
  target_fn text,
  parent_run text,
  parent_step text,
  received_at timestamptz not null default clock_timestamp(),
  routed_at timestamptz,
  problem text
);
create index event_unrouted on engine.event (seq) where routed_at is null;
create index event_received on engine.event (received_at);

create table engine.run (
  id text collate "C" primary key,
  fn_id text not null,
  event_id text collate "C" not null,
  status text not null default 'queued' check (status in ('queued', 'running', 'completed', 'failed', 'cancelled')),
  events json not null,
  output json,
  idempotency_key text unique,
  pending_key text,
  singleton_key text,
  plan_only boolean not null default false,
  pending text[] not null default '{}',
  sdk_request_version smallint not null default 2,
  defers json not null default '{}',
  gate_keys text[] not null default '{}',
  gate_limits int[] not null default '{}',
  priority int not null default 0,
  max_attempts int not null,
  parent_run text,
  parent_step text,
  created_at timestamptz not null default now(),
  started_at timestamptz,
  ended_at timestamptz
) with (fillfactor = 80);
create index run_created on engine.run (created_at);
create index run_event on engine.run (event_id);
create index run_ended on engine.run (ended_at) where ended_at is not null;
create index run_failed on engine.run (ended_at) where status = 'failed';
create index run_active on engine.run (fn_id) where ended_at is null;
create unique index run_collecting on engine.run (pending_key) where status = 'queued';
create unique index run_singleton on engine.run (singleton_key) where status in ('queued', 'running');

create table engine.step (
  run_id text collate "C" not null references engine.run on delete cascade,
  id text collate "C" not null,
  seq bigint generated always as identity,
  op text not null,
  name text,
  result json not null,
  recorded_at timestamptz not null default clock_timestamp(),
  primary key (run_id, id)
);

create table engine.job (
  id bigint generated always as identity primary key,
  run_id text collate "C" not null references engine.run on delete cascade,
  kind text not null check (kind in ('discover', 'step')),
  step_id text not null default '',
  mode text,
  run_at timestamptz not null default now(),
  order_at timestamptz not null default now(),
  attempt int not null default 0,
  max_attempts int not null,
  gate text collate "C" not null default '',
  gate_keys text[] not null default '{}',
  gate_limits int[] not null default '{}',
  owner int,
  lease_until timestamptz,
  generation int not null default 0,
  lost int not null default 0,
  unique (run_id, kind, step_id)
) with (fillfactor = 70, autovacuum_vacuum_scale_factor = 0.02, autovacuum_vacuum_threshold = 500, autovacuum_vacuum_cost_delay = 0);
create index job_waiting on engine.job (gate, order_at, id) where owner is null;
create index job_run_at on engine.job (run_at) where owner is null;
create index job_held on engine.job (owner) where owner is not null;

create table engine.timer (
  run_id text collate "C" not null references engine.run on delete cascade,
  kind text not null check (kind in ('sleep', 'timeout', 'start', 'finish')),
  step_id text not null default '',
  mode text,
  due_at timestamptz not null,
  primary key (run_id, kind, step_id)
);
create index timer_due on engine.timer (due_at);

create table engine.wait (
  run_id text collate "C" not null references engine.run on delete cascade,
  kind text not null check (kind in ('event', 'cancel', 'invoke', 'signal')),
  step_id text not null,
  event text not null,
  expression text,
  match_path text,
  match_hash text,
  mode text,
  expires_at timestamptz not null,
  created_at timestamptz not null default clock_timestamp(),
  primary key (run_id, kind, step_id)
);
create index wait_match on engine.wait (event, match_path, match_hash);

create table engine.wait_path (event text not null, path text not null, primary key (event, path));

create table engine.cron (
  fn_id text collate "C" not null references engine.fn on delete cascade,
  expression text not null,
  next_at timestamptz not null,
  primary key (fn_id, expression)
);

create table engine.rate (key text primary key, tat timestamptz not null);
`;

// Jobs of one gate share keys and limits. Claiming hops from gate to gate on job_waiting and reads, oldest gate first, only
// as many jobs as there is room for: the cost follows the number of gates, never the length of the backlog.
const FUNCTIONS = `
create or replace function engine.claim(p_owner int, p_slots int, p_lease_ms int) returns setof engine.job
language plpgsql set jit = off set enable_seqscan = off as $$
begin
  perform pg_advisory_xact_lock(${LOCK.claim}, 0);
  return query
  with recursive gate_list as (
    (select j.gate, j.gate_keys, j.gate_limits, j.order_at from engine.job j
      where j.owner is null order by j.gate, j.order_at, j.id limit 1)
    union all
    select n.* from gate_list g cross join lateral (
      select j.gate, j.gate_keys, j.gate_limits, j.order_at from engine.job j
      where j.owner is null and j.gate > g.gate order by j.gate, j.order_at, j.id limit 1
    ) n
  ), busy as materialized (
    select k.key, count(*)::int as n from engine.job j cross join lateral unnest(j.gate_keys) k(key)
    where j.owner is not null group by k.key
  ), open_gate as materialized (
    select g.gate, coalesce(b1.n, 0) as busy1, coalesce(b2.n, 0) as busy2,
      least(p_slots, g.gate_limits[1] - coalesce(b1.n, 0), g.gate_limits[2] - coalesce(b2.n, 0)) as room
    from gate_list g
    left join busy b1 on b1.key = g.gate_keys[1]
    left join busy b2 on b2.key = g.gate_keys[2]
    where g.order_at <= clock_timestamp() + interval '10 minutes'
    order by g.order_at
  ), candidate as materialized (
    select c.id, c.order_at, c.gate_keys, c.gate_limits, o.busy1, o.busy2
    from open_gate o
    cross join lateral (
      select j.id, j.order_at, j.gate_keys, j.gate_limits from engine.job j
      where j.owner is null and j.gate = o.gate and j.run_at <= clock_timestamp()
        and j.order_at <= clock_timestamp() + interval '10 minutes'
      order by j.order_at, j.id limit greatest(0, o.room)
    ) c
    limit p_slots * 8
  ), ranked as (
    select c.*, row_number() over (partition by c.gate_keys[1] order by c.order_at, c.id) as rank1,
      row_number() over (partition by c.gate_keys[2] order by c.order_at, c.id) as rank2
    from candidate c
  ), admitted as (
    select r.id from ranked r
    where (r.gate_keys[1] is null or r.rank1 <= r.gate_limits[1] - r.busy1)
      and (r.gate_keys[2] is null or r.rank2 <= r.gate_limits[2] - r.busy2)
    order by r.order_at, r.id limit p_slots
  ), picked as (
    select j.id from engine.job j where j.id in (select a.id from admitted a) and j.owner is null for update skip locked
  )
  update engine.job j
  set owner = p_owner, generation = j.generation + 1, lease_until = clock_timestamp() + p_lease_ms * interval '1 millisecond'
  from picked p where j.id = p.id
  returning j.*;
end $$;

create or replace function engine.is_awaited(p_event text) returns boolean language sql stable as $$
  select exists (
    select 1 from engine.fn f cross join lateral unnest(f.listens_to) n(pattern)
    where n.pattern = p_event or (right(n.pattern, 1) = '*' and starts_with(p_event, left(n.pattern, -1)))
  ) or exists (select 1 from engine.wait w where w.event = p_event)
$$;
`;

const MIGRATIONS = [TABLES];

/** Brings schema "engine" to the newest version; safe to call from any number of processes at once. */
export async function migrateEngine(sql: postgres.Sql): Promise<void> {
  await transactionOn(sql, async (tx) => {
    await tx`select pg_advisory_xact_lock(${LOCK.migrate}, 0)`;
    await tx`select set_config('client_min_messages', 'warning', true)`;
    await tx`create schema if not exists engine`;
    await tx`create table if not exists engine.migration (version int primary key, applied_at timestamptz not null default now())`;
    const [last] = await tx<{ version: number }[]>`select coalesce(max(version), 0) as version from engine.migration`;
    for (const [index, statement] of MIGRATIONS.entries()) {
      if (index + 1 <= (last?.version ?? 0)) continue;
      await tx.unsafe(statement);
      await tx`insert into engine.migration (version) values (${index + 1})`;
    }
    await tx.unsafe(FUNCTIONS);
  });
}
