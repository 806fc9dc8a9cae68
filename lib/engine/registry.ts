import type postgres from 'postgres';
import { nextTick } from './cron';
import { assertExpression } from './expressions';
import { durationMs } from './protocol';
import { LOCK } from './schema';
import { inTransaction } from './store';
import { type FunctionConfig, functionConfig } from './wire';

const FRESH_MS = 2000;

/** The functions every executor of this database has registered, read again every two seconds. */
export class Registry {
  private functions = new Map<string, FunctionConfig>();
  private readAt = Number.NEGATIVE_INFINITY;

  constructor(
    private readonly sql: postgres.Sql,
    private readonly transactions: postgres.Sql,
  ) {}

  async current(): Promise<Map<string, FunctionConfig>> {
    if (performance.now() - this.readAt < FRESH_MS) return this.functions;
    return this.reload();
  }

  get(id: string): FunctionConfig | undefined {
    return this.functions.get(id);
  }

  async reload(): Promise<Map<string, FunctionConfig>> {
    const rows = await this.sql<{ id: string; config: unknown }[]>`select id, config from engine.fn order by id`;
    this.functions = new Map(rows.map((row) => [row.id, functionConfig.parse(row.config)]));
    this.readAt = performance.now();
    return this.functions;
  }

  /** Replaces the functions of one app; refuses functions with expressions or schedules that cannot be read. */
  async register(appId: string, functions: readonly FunctionConfig[]): Promise<void> {
    for (const fn of functions) assertRunnable(fn);
    await inTransaction(this.transactions, async (tx) => {
      await tx`select pg_advisory_xact_lock(${LOCK.migrate}, 1)`;
      const ids = functions.map((fn) => fn.id);
      await tx`delete from engine.fn where app_id = ${appId} and not (id = any(${ids}::text[]))`;
      for (const fn of functions) {
        const events = fn.triggers.flatMap((trigger) => ('event' in trigger ? [trigger.event] : []));
        const crons = fn.triggers.flatMap((trigger) => ('cron' in trigger ? [trigger.cron] : []));
        await tx`insert into engine.fn (id, app_id, config, listens_to)
          values (${fn.id}, ${appId}, ${JSON.stringify(fn)}::text::json, ${events}::text[])
          on conflict (id) do update set app_id = excluded.app_id, config = excluded.config,
            listens_to = excluded.listens_to, updated_at = now()`;
        await tx`delete from engine.cron where fn_id = ${fn.id} and not (expression = any(${crons}::text[]))`;
        for (const expression of crons) {
          await tx`insert into engine.cron (fn_id, expression, next_at)
            values (${fn.id}, ${expression}, ${nextTick(expression, new Date())}) on conflict do nothing`;
        }
      }
    });
    await this.reload();
  }
}

function assertRunnable(fn: FunctionConfig): void {
  for (const trigger of fn.triggers) {
    if ('cron' in trigger) nextTick(trigger.cron, new Date());
    else assertExpression(trigger.expression, fn.id);
  }
  for (const rate of [fn.rateLimit, fn.throttle]) {
    if (rate && !(rate.limit > 0 && durationMs(rate.period) > 0)) {
      throw new Error(`${fn.id}: ${rate.limit} per "${rate.period}" is not a rate`);
    }
  }
  const expressions = [
    fn.idempotency,
    fn.batchEvents?.key,
    fn.batchEvents?.if,
    fn.rateLimit?.key,
    fn.throttle?.key,
    fn.singleton?.key,
    fn.debounce?.key,
    fn.priority?.run,
    ...(fn.concurrency ?? []).map((one) => one.key),
    ...(fn.cancel ?? []).map((one) => one.if),
  ];
  for (const expression of expressions) assertExpression(expression, fn.id);
}
