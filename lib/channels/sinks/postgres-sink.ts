import { once } from 'node:events';
import { connect, type Socket } from 'node:net';
import postgres from 'postgres';
import { isAllowedHost, providerDialling } from '@/lib/channels/http/guard-address';
import type { SinkResult } from '@/lib/channels/sinks/sink-result';
import type { PostgresSinkConfig, SinkRecord } from '@/lib/domain/output-connection';
import { describeError } from '@/lib/errors';

const STATEMENT_TIMEOUT_MS = 15_000;
const CONNECT_TIMEOUT_MS = 5_000;
const UNDEFINED_TABLE = '42P01';

/** The table a record step writes to; shown to whoever has to make it by hand. */
export function sinkTableSql(table: string): string {
  return `create table ${table} (run_id text not null, step int not null, contact_id text not null, "values" jsonb not null, recorded_at timestamptz not null default now(), primary key (run_id, step, contact_id))`;
}

/** Names are resolved and checked by us, because the driver would connect to whatever they lead to. */
async function dialGuarded(host: string, port: number): Promise<Socket> {
  const socket = connect({ host, port, ...providerDialling(host) });
  await once(socket, 'connect', { signal: AbortSignal.timeout(CONNECT_TIMEOUT_MS) });
  return socket;
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : '';
}

/** Data exceptions and broken constraints speak of one row; everything else of the database as a whole. */
function isAboutRow(error: unknown): boolean {
  return error instanceof postgres.PostgresError && /^(22|23)/.test(error.code);
}

/** A customer's own PostgreSQL as the place a record step writes to. Connections are few and closed when idle. */
export class PostgresSink {
  private readonly sql: postgres.Sql;

  constructor(config: PostgresSinkConfig, password: string) {
    const { host, port, database, user, tls } = config;
    this.sql = postgres({
      host,
      port,
      database,
      user,
      password,
      ssl: tls === 'off' ? false : { rejectUnauthorized: tls === 'verify' },
      max: 2,
      connect_timeout: 5,
      idle_timeout: 20,
      backoff: false,
      // a pooler in transaction mode keeps no prepared statements
      prepare: false,
      onnotice: () => undefined,
      ...(isAllowedHost('provider', host) ? {} : { socket: () => dialGuarded(host, port) }),
      connection: { application_name: 'waybill', statement_timeout: STATEMENT_TIMEOUT_MS },
    });
  }

  private async write(table: string, records: readonly SinkRecord[], recordedAt: Date): Promise<void> {
    const { sql } = this;
    await sql`
      insert into ${sql(table)} (run_id, step, contact_id, "values", recorded_at)
      select run_id, step, contact_id, v::jsonb, ${recordedAt.toISOString()}::timestamptz
      from unnest(${records.map((r) => r.runId)}::text[], ${records.map((r) => r.step)}::int[],
        ${records.map((r) => r.contactId)}::text[], ${records.map((r) => JSON.stringify(r.values))}::text[])
        as t(run_id, step, contact_id, v)
      on conflict (run_id, step, contact_id) do update set "values" = excluded."values", recorded_at = excluded.recorded_at`;
  }

  private async writeOrMake(table: string, records: readonly SinkRecord[], recordedAt: Date): Promise<void> {
    try {
      await this.write(table, records, recordedAt);
    } catch (error) {
      if (codeOf(error) !== UNDEFINED_TABLE) throw error;
      await this.sql.unsafe(sinkTableSql(table).replace('create table', 'create table if not exists'));
      await this.write(table, records, recordedAt);
    }
  }

  /** Upserts by run, step and contact. When a value is refused, the rows go one by one and only its own row is lost. */
  async upsert(table: string, records: readonly SinkRecord[], recordedAt: Date): Promise<SinkResult> {
    const refused = new Map<string, { code: string; text: string }>();
    try {
      await this.writeOrMake(table, records, recordedAt);
    } catch (error) {
      if (!isAboutRow(error)) return { outcome: 'held', text: this.explain(error, table) };
      for (const record of records) {
        try {
          await this.write(table, [record], recordedAt);
        } catch (one) {
          if (!isAboutRow(one)) return { outcome: 'held', text: this.explain(one, table) };
          refused.set(record.deliveryId, { code: codeOf(one), text: describeError(one) });
        }
      }
    }
    return { outcome: 'taken', refused };
  }

  private explain(error: unknown, table: string): string {
    const text = describeError(error);
    return codeOf(error).startsWith('42') ? `${text}. It needs: ${sinkTableSql(table)}` : text;
  }

  /** Connects and, with a table, proves that it has the key and may be written to; writes nothing. */
  async verify(table?: string): Promise<{ ok: boolean; text: string }> {
    try {
      const [server] = await this.sql<{ version: string }[]>`select current_setting('server_version') as version`;
      const answered = `PostgreSQL ${server?.version ?? ''} answers`;
      if (!table) return { ok: true, text: `${answered}.` };
      const { sql } = this;
      const [found] = await sql<{ id: string | null }[]>`select to_regclass(${table})::oid::text as id`;
      if (!found?.id) return { ok: true, text: `${answered}. The table ${table} will be made with the first row.` };
      const [state] = await sql<{ mayWrite: boolean; hasKey: boolean }[]>`
        select has_table_privilege(${found.id}::oid, 'INSERT') and has_table_privilege(${found.id}::oid, 'UPDATE') as "mayWrite",
          exists (select 1 from pg_index i where i.indrelid = ${found.id}::oid and i.indisunique and i.indpred is null and (
            select array_agg(a.attname::text order by a.attname) from pg_attribute a
            where a.attrelid = i.indrelid and a.attnum = any(i.indkey)) = array['contact_id', 'run_id', 'step']) as "hasKey"`;
      if (!state?.mayWrite) return { ok: false, text: `${answered}, but this user may not write to ${table}.` };
      if (!state.hasKey) return { ok: false, text: `${answered}, but ${table} lacks its key. ${sinkTableSql(table)}` };
      return { ok: true, text: `${answered}, and ${table} can be written to.` };
    } catch (error) {
      return { ok: false, text: describeError(error) };
    }
  }

  async close(): Promise<void> {
    await this.sql.end({ timeout: 2 });
  }
}
