import type postgres from 'postgres';
import { createAdmin, type EngineAdmin } from './admin';
import type { Handler, Moment } from './dispatch';
import { createEngineFetch } from './engine-fetch';
import { Executor } from './executor';
import { inngestBackoffMs } from './protocol';
import { Registry } from './registry';
import { type Pruned, prune } from './retention';
import { migrateEngine } from './schema';

export interface EngineOptions {
  /** The engine's own pool, with postgres.js defaults for types. */
  sql: postgres.Sql;
  /**
   * Another for transactions alone, four connections or more; without it they run in `sql`. Under many statements at once
   * the driver sends a BEGIN down a busy connection and forgets to reserve it (porsager/postgres#823).
   */
  transactions?: postgres.Sql;
  /** A new client of one direct connection for the liveness lock: `postgres(url, SESSION_OPTIONS)`. */
  session: () => postgres.Sql;
  /** `signkey-<environment>-<hex>`, the same as the Inngest client's. */
  signingKey: string;
  appId: string;
  /** After this time without a sign of life a job is taken from an executor that hangs. */
  leaseMs?: number;
  /** Calls under way at once in this process. */
  concurrency?: number;
  backoffMs?: (attempt: number) => number;
  /** How long one database operation may take before it is given up as lost by the driver. */
  stallMs?: number;
  /** The driver's pool no longer answers. By default the error is thrown uncaught, so that the process is restarted. */
  onBroken?: (error: Error) => void;
  log?: (line: string) => void;
  /** Called at named moments of a job's way; a crash test ends the process there. */
  passing?: (moment: Moment) => void;
}
const STALL_MS = 15_000;
const die = (error: Error): void => {
  setImmediate(() => {
    throw error;
  });
};

export interface Engine {
  migrate(): Promise<void>;
  /** For `new Inngest({ fetch })`; works whether or not an executor runs. */
  fetch: typeof fetch;
  /** Registers the functions the handler serves and executes them until drained. */
  start(handler: Handler): Promise<{ drain(): Promise<void> }>;
  admin: EngineAdmin;
  prune(olderThanMs: number): Promise<Pruned>;
}

/** An executor of Inngest functions on PostgreSQL. Creating it touches nothing; `start` begins to execute. */
export function createEngine(options: EngineOptions): Engine {
  const { sql, session, signingKey, appId, stallMs = STALL_MS, transactions = sql } = options;
  let executor: Executor | undefined;
  const wakeInbox = () => executor?.inbox.wake();
  return {
    migrate: () => migrateEngine(transactions),
    fetch: createEngineFetch({
      sql,
      transactions,
      signingKey,
      stallMs,
      onEvents: wakeInbox,
      onProgress: wakeInbox,
      isDraining: () => executor?.stopping === true,
    }),
    start: async (handler) => {
      if (executor) throw new Error('This engine is already executing');
      const starting = new Executor(
        {
          sql,
          transactions,
          session,
          signingKey,
          appId,
          registry: new Registry(sql, transactions),
          leaseMs: options.leaseMs ?? 10_000,
          concurrency: options.concurrency ?? 10,
          stallMs,
          onBroken: options.onBroken ?? die,
          backoffMs: options.backoffMs ?? inngestBackoffMs,
          log: options.log ?? (() => undefined),
          passing: options.passing ?? (() => undefined),
        },
        handler,
      );
      executor = starting;
      try {
        await starting.start();
      } catch (error) {
        executor = undefined;
        await starting.abandon();
        throw error;
      }
      return {
        drain: async () => {
          await starting.drain();
          if (executor === starting) executor = undefined;
        },
      };
    },
    admin: createAdmin(sql, transactions),
    prune: (olderThanMs) => prune(sql, olderThanMs),
  };
}

/** For a process that only sends events, such as a web server beside a worker. */
export function createSendOnly(
  options: Pick<EngineOptions, 'sql' | 'transactions' | 'signingKey' | 'stallMs'>,
): Pick<Engine, 'fetch'> {
  return { fetch: createEngineFetch({ stallMs: STALL_MS, transactions: options.sql, ...options }) };
}
