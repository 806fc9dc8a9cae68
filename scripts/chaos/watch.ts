import postgres from 'postgres';
import { RECONNECT } from '@/lib/db/reconnect';

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/** Looks at a run from outside, on a connection that survives what is done to the database. */
export class Watch {
  private readonly sql: postgres.Sql;

  constructor(
    url: string,
    private readonly runId: string,
  ) {
    this.sql = postgres(url, { max: 1, connect_timeout: 2, onnotice: () => undefined, ...RECONNECT });
  }

  /** Messages with an outcome so far; null while the database does not answer because of what was done to it. */
  async settled(): Promise<number | null> {
    const answer = this.sql<{ n: number }[]>`
      select coalesce(sum(n), 0)::int as n from run_counters where run_id = ${this.runId} and step = 0`;
    return answer.then(
      ([row]) => row?.n ?? 0,
      () => null,
    );
  }

  /** Waits until more than `before` are settled; answers how many then, or null when the time is up first. */
  async moved(before: number, withinMs: number, everyMs = 100): Promise<number | null> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const now = await this.settled();
      if (now !== null && now > before) return now;
      if (Date.now() > deadline) return null;
      await pause(everyMs);
    }
  }

  /** The most memory any worker said it had, in MB. */
  async memoryMb(): Promise<number> {
    const [row] = await this.sql<{ mb: number }[]>`
      select coalesce(round(max(rss_bytes) / 1048576.0), 0)::int as mb from workers`;
    return row?.mb ?? 0;
  }

  async completed(withinMs: number): Promise<boolean> {
    const deadline = Date.now() + withinMs;
    for (;;) {
      const status = await this.sql<{ status: string }[]>`select status from runs where id = ${this.runId}`.then(
        ([run]) => run?.status,
        () => null,
      );
      if (status === 'completed') return true;
      if (Date.now() > deadline) return false;
      await pause(250);
    }
  }

  /** Why nothing moves, as far as the tables tell: for the log. */
  async why(): Promise<string> {
    const answer = this.sql<{ text: string }[]>`
      select (select r.status || coalesce(' (' || r.status_reason || ')', '') from runs r where r.id = ${this.runId})
        || ' · batches: ' || coalesce((select string_agg(line, ', ') from (
          select state || ' ' || count(*) || coalesce(' leased until ' || to_char(max(lease_until), 'MI:SS'), '')
            || ' due ' || to_char(min(not_before), 'MI:SS') as line
          from batches where run_id = ${this.runId} and state <> 'done' group by state, lease_until is null) b), 'none')
        || ' · account: ' || (select string_agg(breaker_state || coalesce(' until ' || to_char(breaker_retry_at, 'MI:SS'), ''), ', ')
          from provider_accounts where name = 'Chaos')
        || ' · jobs: ' || coalesce((select string_agg(kind || ' attempt ' || attempt || ' lost ' || lost
            || ' due ' || to_char(run_at, 'MI:SS') || ' held ' || coalesce(owner::text, 'by nobody'), ', ') from engine.job), 'none')
        || ' · timers: ' || coalesce((select string_agg(kind || ' due ' || to_char(due_at, 'MI:SS'), ', ') from engine.timer), 'none')
        || ' · now ' || to_char(now(), 'MI:SS') as text`;
    return answer.then(
      ([row]) => row?.text ?? '',
      (error: unknown) => String(error),
    );
  }

  async end(): Promise<void> {
    await this.sql.end({ timeout: 1 });
  }
}
