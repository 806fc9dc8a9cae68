import type postgres from 'postgres';
import { bounded, StalledError } from './bounded';
import { claimJobs, untilNextJobMs } from './claim';
import { startDueCrons } from './cron';
import { type DispatchContext, dispatchJob, type Handler, type Moment, SERVE_URL, signedHeaders } from './dispatch';
import { Liveness } from './liveness';
import { canonicalJson } from './protocol';
import { Pulse } from './pulse';
import type { Registry } from './registry';
import { routeEvents } from './route';
import { CHANNEL } from './schema';
import { fireDueTimers, untilNextTimerMs } from './timers';
import { registration } from './wire';

const POLL_MS = 250;
/** Before looking again at what another executor holds locked. */
const BUSY_MS = 20;
const BEAT_MS = 300;
const MAX_CALL_MS = 2 * 3_600_000;
/** After so many operations in a row that never settled, the driver's pool is taken to be broken. */
const MAX_STALLS = 4;

export interface ExecutorOptions {
  sql: postgres.Sql;
  transactions: postgres.Sql;
  session: () => postgres.Sql;
  registry: Registry;
  signingKey: string;
  appId: string;
  leaseMs: number;
  concurrency: number;
  stallMs: number;
  onBroken: (error: Error) => void;
  backoffMs: (attempt: number) => number;
  log: (line: string) => void;
  passing: (moment: Moment) => void;
}
interface Flight {
  done: Promise<void>;
  startedAt: number;
}

/** Registers the handler's functions and executes them until drained. One per process. */
export class Executor {
  readonly inbox = new Pulse();
  private readonly work = new Pulse();
  private readonly clock = new Pulse();
  private readonly heart = new Pulse();
  private readonly flights = new Map<string, Flight>();
  private readonly liveness: Liveness;
  private readonly context: DispatchContext;
  private loops: Promise<void>[] = [];
  private unlisten: (() => Promise<void>) | undefined;
  stopping = false;

  constructor(
    private readonly options: ExecutorOptions,
    handler: Handler,
  ) {
    this.liveness = new Liveness(options);
    this.context = { ...options, handler };
  }

  async start(): Promise<void> {
    await this.register();
    await this.liveness.beat([]);
    const listener = await this.options.sql.listen(CHANNEL, () => this.inbox.wake());
    this.unlisten = listener.unlisten;
    this.loops = [
      this.loop('liveness', this.heart, () => this.beat()),
      this.loop('events', this.inbox, () => this.route()),
      this.loop('timers', this.clock, () => this.tick()),
      this.loop('jobs', this.work, () => this.claim()),
    ];
  }

  /** Takes nothing new, lets every step under way finish and be recorded, then gives up the liveness lock. */
  async drain(): Promise<void> {
    this.stopping = true;
    for (const pulse of [this.inbox, this.work, this.clock]) pulse.wake();
    while (this.flights.size > 0) await Promise.allSettled([...this.flights.values()].map((flight) => flight.done));
    this.heart.wake();
    await Promise.all(this.loops);
    await Promise.allSettled([...this.flights.values()].map((flight) => flight.done));
    await this.unlisten?.();
    await this.liveness.release();
  }

  /** Gives up the liveness lock of an executor that could not start. */
  async abandon(): Promise<void> {
    await this.liveness.release();
  }

  /** Asks the handler for its functions in-band; nothing is taken from a network address. */
  private async register(): Promise<void> {
    const { signingKey, appId, registry } = this.options;
    const body = canonicalJson({ url: SERVE_URL });
    const headers = { ...signedHeaders(body, signingKey), 'x-inngest-sync-kind': 'in_band' };
    const response = await this.context.handler(new Request(SERVE_URL, { method: 'PUT', body, headers }));
    const text = await response.text();
    if (response.status !== 200) throw new Error(`The functions could not be registered: ${response.status} ${text}`);
    const { app_id, functions } = registration.parse(JSON.parse(text));
    if (app_id !== appId) throw new Error(`The handler serves the app "${app_id}", not "${appId}"`);
    await registry.register(appId, functions);
  }

  private async loop(name: string, pulse: Pulse, round: () => Promise<number>): Promise<void> {
    const { stallMs, log, onBroken } = this.options;
    let stalls = 0;
    while (!this.stopping || (pulse === this.heart && this.flights.size > 0)) {
      let waitMs = POLL_MS;
      try {
        waitMs = await bounded(name, stallMs * 2, round());
        stalls = 0;
      } catch (error) {
        log(`${name}: ${error instanceof Error ? error.message : String(error)}`);
        stalls = error instanceof StalledError ? stalls + 1 : 0;
        if (stalls >= MAX_STALLS && error instanceof Error) onBroken(error);
      }
      if (waitMs > 0) await pulse.wait(waitMs);
    }
  }

  private async beat(): Promise<number> {
    const now = performance.now();
    const current = [...this.flights].filter(([, flight]) => now - flight.startedAt < MAX_CALL_MS).map(([id]) => id);
    if ((await this.liveness.beat(current)) > 0) this.work.wake();
    return BEAT_MS;
  }

  private async route(): Promise<number> {
    const routed = await routeEvents(this.options);
    if (routed === 0) return POLL_MS;
    this.work.wake();
    return 0;
  }

  private async tick(): Promise<number> {
    const { sql, transactions } = this.options;
    const dueInMs = await untilNextTimerMs(sql, POLL_MS);
    if (dueInMs > 0) return dueInMs;
    const fired = await fireDueTimers(transactions, () => this.options.passing('engine_timer'));
    if (fired > 0) this.work.wake();
    const started = await startDueCrons(transactions);
    if (started > 0) this.inbox.wake();
    return fired + started > 0 ? 0 : BUSY_MS;
  }

  private async claim(): Promise<number> {
    const { sql, concurrency, leaseMs } = this.options;
    const { owner } = this.liveness;
    const slots = concurrency - this.flights.size;
    if (owner === undefined || slots <= 0) return POLL_MS;
    const jobs = await claimJobs(sql, owner, slots, leaseMs);
    if (jobs.length > 0) this.options.passing('engine_claim');
    for (const job of jobs) {
      const flight: Flight = { done: Promise.resolve(), startedAt: performance.now() };
      flight.done = dispatchJob(this.context, job)
        .catch((error: unknown) => {
          this.options.log(
            `run ${job.runId}: ${error instanceof Error ? (error.stack ?? error.message) : String(error)}`,
          );
        })
        .finally(() => {
          this.flights.delete(job.id);
          this.work.wake();
        });
      this.flights.set(job.id, flight);
    }
    return jobs.length > 0 ? 0 : untilNextJobMs(sql, POLL_MS);
  }
}
