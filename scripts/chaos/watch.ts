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

  async end(): Promise<void> {
    await this.sql.end({ timeout: 1 });
  }
}
