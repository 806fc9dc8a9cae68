import { randomInt } from 'node:crypto';
import type postgres from 'postgres';
import { LOCK } from './schema';

/** Options for the client given as `session`: one direct connection that is never recycled (no transaction pooler). */
export const SESSION_OPTIONS = { max: 1, max_lifetime: null, idle_timeout: 0, connect_timeout: 5 } as const;

/**
 * Shows that this executor is alive by a session advisory lock, which PostgreSQL drops with the connection, and frees the
 * jobs of executors whose lock is gone or whose lease ran out. After a broken connection it goes on under a new number,
 * so that whatever was under way before is fenced off.
 */
export class Liveness {
  owner: number | undefined;
  private backendPid: number | undefined;
  private renewedAt = 0;

  constructor(
    private readonly session: postgres.Sql,
    private readonly leaseMs: number,
    private readonly log: (line: string) => void,
  ) {}

  async acquire(): Promise<void> {
    this.owner = undefined;
    for (;;) {
      const owner = randomInt(1, 2 ** 31 - 1);
      const [row] = await this.session<{ pid: number; taken: boolean }[]>`
        select pg_backend_pid() as pid, pg_try_advisory_lock(${LOCK.owner}, ${owner}) as taken`;
      if (!row?.taken) continue;
      this.backendPid = row.pid;
      this.owner = owner;
      return;
    }
  }

  /** Renews the leases of the jobs under way and frees those of the dead; returns how many it freed. */
  async beat(jobIds: readonly string[]): Promise<number> {
    const [backend] = await this.session<{ pid: number }[]>`select pg_backend_pid() as pid`;
    if (this.owner === undefined || backend?.pid !== this.backendPid) {
      if (this.owner !== undefined) this.log('the liveness session was replaced; going on under a new number');
      await this.acquire();
    }
    const { owner, leaseMs } = this;
    if (jobIds.length > 0 && performance.now() - this.renewedAt > leaseMs / 5) {
      await this.session`update engine.job set lease_until = clock_timestamp() + ${leaseMs} * interval '1 millisecond'
        where id in (select id from engine.job where id = any(${[...jobIds]}::bigint[]) and owner = ${owner ?? 0}
          for update skip locked)`;
      this.renewedAt = performance.now();
    }
    return this.freeDead();
  }

  async freeDead(): Promise<number> {
    const { session } = this;
    const others = await session<{ owner: number; dead: boolean }[]>`
      select owner, pg_try_advisory_lock(${LOCK.owner}, owner) as dead
      from (select distinct owner from engine.job where owner is not null and owner <> ${this.owner ?? 0} offset 0) other`;
    const dead = others.filter((other) => other.dead).map((other) => other.owner);
    const freed = await session`
      update engine.job set owner = null, lease_until = null, lost = lost + 1,
        run_at = case when lost < 2 then run_at else clock_timestamp() + least(lost, 30) * interval '1 second' end
      where id in (select id from engine.job where owner is not null
        and (owner = any(${dead}::int[]) or lease_until < clock_timestamp()) for update skip locked)
      returning 1`;
    for (const owner of dead) await session`select pg_advisory_unlock(${LOCK.owner}, ${owner})`;
    if (freed.length > 0) this.log(`freed ${freed.length} jobs of dead or hung executors`);
    return freed.length;
  }

  async release(): Promise<void> {
    this.owner = undefined;
    await this.session.end({ timeout: 2 });
  }
}
