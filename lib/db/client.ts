import { AsyncLocalStorage } from 'node:async_hooks';
import { drizzle, type PostgresJsDatabase } from 'drizzle-orm/postgres-js';
import postgres from 'postgres';
import type { Ctx } from '@/lib/context';
import { Readers } from '@/lib/db/readers';
import { LONG_GREETING, RECONNECT } from '@/lib/db/reconnect';
import * as auth from '@/lib/db/schema/auth';
import * as campaigns from '@/lib/db/schema/campaigns';
import * as contacts from '@/lib/db/schema/contacts';
import * as content from '@/lib/db/schema/content';
import * as ledger from '@/lib/db/schema/ledger';
import * as platform from '@/lib/db/schema/platform';
import * as recurrences from '@/lib/db/schema/recurrences';
import { together } from '@/lib/db/together';
import { transactionOn } from '@/lib/db/transaction';
import { env } from '@/lib/env';

export const schema = { ...auth, ...contacts, ...content, ...campaigns, ...ledger, ...platform, ...recurrences };
export type Orm = PostgresJsDatabase<typeof schema>;

/**
 * One transaction in two dialects on the same connection. `orm` for typed everyday queries; `sql` for set-based and hot
 * ones (prepared). In `sql`: timestamps are Date both ways, bigint comes back as string, and a json value is passed as
 * `${JSON.stringify(value)}::jsonb`.
 */
export interface Tx {
  orm: Orm;
  sql: postgres.TransactionSql;
  /**
   * Sends statements last of all, on their way together with the COMMIT: for locks that others wait for, which are then
   * held no longer than the database takes. They run if the work succeeds; if one fails, nothing of the transaction stays.
   */
  atEnd(send: (sql: postgres.TransactionSql) => Promise<unknown>): void;
}

/**
 * Single statements and transactions have connections of their own. The driver sends waiting statements down a busy
 * connection, and when a BEGIN is the hundredth of them, or fills the socket, it forgets to reserve the connection: the
 * transaction fails, stays open, and others run in it (porsager/postgres#823). Among transactions alone nothing is
 * sent down a busy connection.
 */
interface Pool {
  sql: postgres.Sql;
  transactions: postgres.Sql;
  readers: Readers;
}

// timestamptz, its array, numeric's array: drizzle replaces these codecs on a shared client by ones that hand text through
const KEPT_TYPES = [1184, 1185, 1231];

function ormOver(client: postgres.Sql): Orm {
  const { parsers, serializers } = client.options;
  const kept = KEPT_TYPES.map((oid) => ({ oid, parse: parsers[oid], serialize: serializers[oid] }));
  const orm = drizzle(client, { schema, casing: 'snake_case' });
  for (const { oid, parse, serialize } of kept) {
    // what was not there yet must go again, or the driver would not learn the array types when it connects
    if (parse) parsers[oid] = parse;
    else delete parsers[oid];
    if (serialize) serializers[oid] = serialize;
    else delete serializers[oid];
  }
  return orm;
}

/** A fresh backend maps every page of PostgreSQL's cache that it touches first: its first large count takes up to five times as long. */
const IDLE_S = 15 * 60;
/** Those of one workspace go sooner: there may be many workspaces. */
const IDLE_READER_S = 60;

function openClient(
  url: string,
  max: number,
  idleSeconds: number,
  parameters: Record<string, string> = {},
): postgres.Sql {
  const sql = postgres(url, {
    max,
    connect_timeout: 10,
    idle_timeout: idleSeconds,
    ...RECONNECT,
    onnotice: () => undefined,
    // our statements are short or set-based over indexes: compiling them costs more than it saves
    connection: {
      ...LONG_GREETING,
      application_name: 'waybill',
      TimeZone: 'UTC',
      jit: 'off',
      work_mem: '24MB',
      ...parameters,
    } as Record<string, string>,
  });
  ormOver(sql);
  return sql;
}

function openPool(url: string, max: number): Pool {
  const few = Math.ceil(max / 3);
  return {
    sql: openClient(url, few, IDLE_S),
    transactions: openClient(url, max, IDLE_S),
    readers: new Readers((workspaceId) =>
      openClient(url, few, IDLE_READER_S, {
        role: 'waybill_web',
        'waybill.workspace': workspaceId,
        default_transaction_read_only: 'on',
      }),
    ),
  };
}

const shared = globalThis as unknown as { waybillPools?: Pool };

function openedPool(): Pool {
  shared.waybillPools ??= openPool(env().DATABASE_URL, env().WAYBILL_DB_POOL);
  return shared.waybillPools;
}

/** For single statements: the process-wide pool, opened on first use from DATABASE_URL. A transaction is for `withTx`. */
export function pool(): postgres.Sql {
  return openedPool().sql;
}

/** Points this process at another database; for tests and command-line tools, before first use. */
export async function openPoolAt(url: string, max = 10): Promise<void> {
  await closePool();
  shared.waybillPools = openPool(url, max);
}

export async function closePool(): Promise<void> {
  const open = shared.waybillPools;
  shared.waybillPools = undefined;
  await Promise.all([open?.sql.end({ timeout: 5 }), open?.transactions.end({ timeout: 5 }), open?.readers.end()]);
}

/** `orm` is made when it is first asked for: it costs more than a short transaction does without it. */
class OpenTx implements Tx {
  private made: Orm | undefined;
  private readonly ending: ((sql: postgres.TransactionSql) => Promise<unknown>)[] = [];

  constructor(readonly sql: postgres.TransactionSql) {}

  get orm(): Orm {
    this.made ??= ormOver(
      Object.assign(this.sql, { options: openedPool().transactions.options }) as unknown as postgres.Sql,
    );
    return this.made;
  }

  atEnd(send: (sql: postgres.TransactionSql) => Promise<unknown>): void {
    this.ending.push(send);
  }

  /** Sends what was kept for the end and does not wait for it; its failure must still be thrown after the COMMIT. */
  end(): Promise<unknown> {
    const sent = together(this.ending.map((send) => send(this.sql)));
    sent.catch(() => undefined);
    return sent;
  }
}

/**
 * What holds for the transactions of a request that is answered only after `flushed()`: they end without waiting for the
 * disk, so that whoever waits for a lock of theirs does not wait for it either.
 */
interface RequestWrites {
  /** What must be written in the same transaction as whatever the request writes; runs last in each of them. */
  beforeCommit?: (sql: postgres.TransactionSql) => Promise<void>;
}
export const requestWrites = new AsyncLocalStorage<RequestWrites>();

/**
 * Runs `work` in one transaction for one workspace. For people and API keys the transaction runs as the role
 * `waybill_web`, whose row-level security shows and accepts rows of `ctx.workspaceId` only; the system's own jobs run
 * as the owner and must carry the workspace in every query themselves.
 */
export async function withTx<T>(ctx: Ctx, work: (tx: Tx) => Promise<T>): Promise<T> {
  const request = requestWrites.getStore();
  return await transact(async (tx) => {
    const { sql } = tx;
    // on its way before the first statement of the work and not waited for: where it fails, everything after it fails too
    const asWeb =
      ctx.actor.type === 'system'
        ? undefined
        : sql`select set_config('role', 'waybill_web', true), set_config('waybill.workspace', ${ctx.workspaceId}, true)
            ${request ? sql`, set_config('synchronous_commit', 'off', true)` : sql``}`.execute();
    const [result] = await Promise.all([work(tx), asWeb]);
    if (request?.beforeCommit) tx.atEnd(request.beforeCommit);
    return result;
  });
}

async function transact<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  let ending: Promise<unknown> | undefined;
  const result = await transactionOn(openedPool().transactions, async (sql) => {
    const tx = new OpenTx(sql);
    const result = await work(tx);
    ending = tx.end();
    return result;
  });
  await ending;
  return result;
}

/**
 * Reads of one workspace that need no transaction: each statement sees what was committed when it began. For people and
 * API keys under row-level security, as in `withTx`, at a quarter of its round trips.
 */
export async function withRead<T>(ctx: Ctx, read: (tx: Pick<Tx, 'sql'>) => Promise<T>): Promise<T> {
  const reader = ctx.actor.type === 'system' ? pool() : openedPool().readers.of(ctx.workspaceId);
  // of a transaction's handle it lacks savepoints only, which nobody who reads sets
  return reader ? await read({ sql: reader as unknown as postgres.TransactionSql }) : await withTx(ctx, read);
}

/** A transaction without a workspace, as the owner: sign-in, sweeps over all workspaces, set-up. */
export async function withSystemTx<T>(work: (tx: Tx) => Promise<T>): Promise<T> {
  return await transact(work);
}
