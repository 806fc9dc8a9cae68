import { randomInt } from 'node:crypto';
import type postgres from 'postgres';
import { LONG_GREETING, RECONNECT } from '@/lib/db/reconnect';
import { bounded } from './bounded';
import { LOCK } from './schema';

/** Longest wait before a call is tried again whose executors died: short, because most often something else killed them. */
const MOST_DISTANCE_S = 5;

/** Options for the client given as `session`: one direct connection that is never recycled (no transaction pooler). */
export const SESSION_OPTIONS = {
  max: 1,
  max_lifetime: null,
  idle_timeout: 0,
  connect_timeout: 5,
  ...RECONNECT,
  connection: LONG_GREETING,
} as const;

export interface LivenessOptions {
  session: () => postgres.Sql;
  leaseMs: number;
  stallMs: number;
  log: (line: string) => void;
}

/**
 * Shows that this executor is alive by a session advisory lock, which PostgreSQL drops with the connection, and frees the
 * jobs of executors whose lock is gone or whose lease ran out. After a broken connection it goes on in a new session under
 * a new number, so that whatever was under way before is fenced off.
 */
export class Liveness {
  owner: number | undefined;
  private session: postgres.Sql | undefined;
  private backendPid: number | undefined;
  private renewedAt = Number.NEGATIVE_INFINITY;

  constructor(private readonly options: LivenessOptions) {}

  /** Renews the leases of the jobs under way and frees those of the dead; returns how many it freed. */
  async beat(jobIds: readonly string[]): Promise<number> {
    try {
      return await bounded('the liveness session', this.options.stallMs, this.beatOnce(jobIds));
    } catch (error) {
      await this.release();
      throw error;
    }
  }

  async release(): Promise<void> {
    const { session } = this;
    this.owner = undefined;
    this.session = undefined;
    this.backendPid = undefined;
    await session?.end({ timeout: 1 }).catch(() => this.options.log('the old liveness session could not be closed'));
  }

  private async beatOnce(jobIds: readonly string[]): Promise<number> {
    this.session ??= this.options.session();
    const { session } = this;
    const [backend] = await session<{ pid: number }[]>`select pg_backend_pid() as pid`;
    if (backend?.pid !== this.backendPid || this.owner === undefined) {
      if (this.owner !== undefined) this.options.log('the liveness session was replaced; going on under a new number');
      await this.acquire(session, backend?.pid);
    }
    if (jobIds.length > 0) await this.renew(session, jobIds);
    return this.freeDead(session);
  }

  private async acquire(session: postgres.Sql, pid: number | undefined): Promise<void> {
    this.owner = undefined;
    for (;;) {
      const owner = randomInt(1, 2 ** 31 - 1);
      const [row] = await session<{ pid: number; taken: boolean }[]>`
        select pg_backend_pid() as pid, pg_try_advisory_lock(${LOCK.owner}, ${owner}) as taken`;
      if (this.session !== session) throw new Error('the liveness session was given up while it was set up');
      if (row?.pid !== pid) throw new Error('the liveness session was replaced while it was set up');
      if (!row?.taken) continue;
      this.backendPid = pid;
      this.owner = owner;
      return;
    }
  }

  private async renew(session: postgres.Sql, jobIds: readonly string[]): Promise<void> {
    const { leaseMs } = this.options;
    if (performance.now() - this.renewedAt < leaseMs / 5) return;
    await session`update engine.job set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
      where id in (select id from engine.job where id = any(${[...jobIds]}::bigint[]) and owner = ${this.owner ?? 0}
        for update skip locked)`;
    this.renewedAt = performance.now();
  }

  private async freeDead(session: postgres.Sql): Promise<number> {
    const others = await session<{ owner: number; dead: boolean }[]>`
      select owner, pg_try_advisory_lock(${LOCK.owner}, owner) as dead
      from (select distinct owner from engine.job where owner is not null and owner <> ${this.owner ?? 0} offset 0) other`;
    const dead = others.filter((other) => other.dead).map((other) => other.owner);
    // twice at once; then at a distance, so that a call that kills its executors leaves the others time
    const freed = await session`
      update engine.job set owner = null, lease_until = null, lost = lost + 1,
        run_at = case when lost < 2 then run_at else clock_timestamp() + least(lost, ${MOST_DISTANCE_S}) * interval '1 second' end
      where id in (select id from engine.job where owner is not null
        and (owner = any(${dead}::int[]) or lease_until < clock_timestamp()) for update skip locked)
      returning 1`;
    for (const owner of dead) await session`select pg_advisory_unlock(${LOCK.owner}, ${owner})`;
    if (freed.length > 0) this.options.log(`freed ${freed.length} jobs of dead or hung executors`);
    return freed.length;
  }
}
