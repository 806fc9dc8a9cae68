import os from 'node:os';
import postgres from 'postgres';
import { pool } from '@/lib/db/client';
import { LONG_GREETING, RECONNECT } from '@/lib/db/reconnect';
import { env } from '@/lib/env';
import { thisProcess } from '@/lib/jobs/process';

const LOCK_SPACE = 7_414_903;

/**
 * Shows that this worker lives: a row with a heartbeat for people, and a session lock that PostgreSQL drops the moment
 * the process dies, so that others take over its leases at once instead of waiting for them to run out.
 */
export async function startHeartbeat(): Promise<{ beat(): Promise<void>; stop(): Promise<void> }> {
  const { worker } = thisProcess();
  const session = postgres(env().DATABASE_URL, {
    max: 1,
    idle_timeout: 0,
    max_lifetime: null,
    connect_timeout: 5,
    ...RECONNECT,
    onnotice: () => undefined,
    connection: { ...LONG_GREETING, application_name: `waybill ${worker}` },
  });
  await session`select pg_advisory_lock(${LOCK_SPACE}, hashtext(${worker}))`;
  await pool()`
    insert into workers (id, pid, host, rss_bytes) values (${worker}, ${process.pid}, ${os.hostname()}, ${process.memoryUsage.rss()})
    on conflict (id) do nothing`;

  async function releaseDeadLeases(): Promise<void> {
    const others = await session<{ id: string }[]>`
      select id from workers where stopped_at is null and id <> ${worker} and heartbeat_at < now() - interval '2 seconds'`;
    for (const { id } of others) {
      const [lock] = await session<
        { dead: boolean }[]
      >`select pg_try_advisory_lock(${LOCK_SPACE}, hashtext(${id})) as dead`;
      if (!lock?.dead) continue;
      await session`update batches set lease_until = now() where lease_owner = ${id} and state = 'ready' and lease_until > now()`;
      await session`update workers set stopped_at = now() where id = ${id}`;
      await session`select pg_advisory_unlock(${LOCK_SPACE}, hashtext(${id}))`;
    }
  }

  return {
    beat: async () => {
      await session`
        update workers set heartbeat_at = now(), rss_bytes = ${process.memoryUsage.rss()}, stopped_at = null where id = ${worker}`;
      // the lock belongs to a session; a new one after a lost connection has to take it again
      await session`
        select pg_advisory_lock(${LOCK_SPACE}, hashtext(${worker})) where not exists (
          select 1 from pg_locks where locktype = 'advisory' and pid = pg_backend_pid() and classid = ${LOCK_SPACE} and granted)`;
      await releaseDeadLeases();
    },
    stop: async () => {
      await session`update workers set stopped_at = now() where id = ${worker}`;
      await session.end({ timeout: 2 });
    },
  };
}
