import { setTimeout as delay } from 'node:timers/promises';
import type { Inngest, InngestFunction } from 'inngest';
import type postgres from 'postgres';

/** What a scenario's functions are built with: names of their own, and a table to leave traces in. */
export interface Kit {
  inngest: Inngest;
  on: (event: string) => string;
  effects: Effects;
}

export interface ObservedRun {
  id: string;
  status: string;
  output: unknown;
}

/** An engine under test. Everything that differs between engines is behind this. */
export interface Target {
  name: string;
  /** How long before its time a sleeper may be woken: Inngest's server looks ahead by a tick of its queue. */
  earlyMs: number;
  runs(eventId: string): Promise<ObservedRun[]>;
}

export interface World extends Kit {
  target: Target;
  send(event: string, data?: Record<string, unknown>, more?: { id?: string; ts?: number }): Promise<string>;
  /** The first run the event started, once it has ended. */
  ended(eventId: string): Promise<ObservedRun>;
}

export interface Scenario {
  promise: string;
  functions(kit: Kit): InngestFunction.Any[];
  verify(world: World): Promise<void>;
}

const DEADLINE_MS = 60_000;
const ENDED = new Set(['completed', 'failed', 'cancelled']);

/** Asks again until there is an answer; fails after a minute with what it waited for. */
export async function eventually<T>(what: string, ask: () => Promise<T | undefined | false>): Promise<T> {
  const deadline = performance.now() + DEADLINE_MS;
  for (;;) {
    const answer = await ask();
    if (answer !== undefined && answer !== false) return answer;
    if (performance.now() > deadline) throw new Error(`Waited in vain for ${what}`);
    await delay(25);
  }
}

export class Effects {
  constructor(private readonly sql: postgres.Sql) {}

  async create(): Promise<void> {
    await this.sql`create table if not exists effect (id bigserial primary key, scope text not null, step text not null,
      at timestamptz not null default clock_timestamp())`;
  }

  /** Leaves a trace; returns how often this one has been left before, counting this time. */
  async note(scope: string, step: string): Promise<number> {
    await this.sql`insert into effect (scope, step) values (${scope}, ${step})`;
    const [row] = await this.sql<{ n: number }[]>`
      select count(*)::int as n from effect where scope = ${scope} and step = ${step}`;
    return row?.n ?? 0;
  }

  async of(scope: string): Promise<string[]> {
    const rows = await this.sql<{ step: string }[]>`select step from effect where scope = ${scope} order by id`;
    return rows.map((row) => row.step);
  }

  async timesOf(scope: string): Promise<number[]> {
    const rows = await this.sql<{ at: Date }[]>`select at from effect where scope = ${scope} order by id`;
    return rows.map((row) => row.at.getTime());
  }
}

export function createWorld(kit: Kit, target: Target): World {
  return {
    ...kit,
    target,
    send: async (event, data = {}, more = {}) => {
      const { ids } = await kit.inngest.send({ name: kit.on(event), data, ...more });
      const [id] = ids;
      if (!id) throw new Error('The event got no id');
      return id;
    },
    ended: (eventId) =>
      eventually(`the end of the run of event ${eventId}`, async () =>
        (await target.runs(eventId)).find((run) => ENDED.has(run.status)),
      ),
  };
}

/** The highest number of `+` traces not yet followed by their `-`. */
export function peakOf(traces: string[]): number {
  let open = 0;
  let peak = 0;
  for (const trace of traces) {
    open += trace === '+' ? 1 : -1;
    peak = Math.max(peak, open);
  }
  return peak;
}
