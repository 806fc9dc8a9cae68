import { CronExpressionParser } from 'cron-parser';
import type postgres from 'postgres';
import { insertEvents, inTransaction } from './store';

const ZONED = /^(?:CRON_)?TZ=(\S+)\s+(.+)$/;

/** The next moment of a five-field cron expression, optionally led by `TZ=Area/City`; UTC otherwise. Throws if unreadable. */
export function nextTick(expression: string, after: Date): Date {
  const zoned = ZONED.exec(expression.trim());
  const fields = zoned?.[2] ?? expression.trim();
  if (!fields.startsWith('@') && fields.split(/\s+/).length !== 5) {
    throw new Error(`The schedule "${expression}" needs five fields: minute, hour, day, month, weekday`);
  }
  return CronExpressionParser.parse(fields, { currentDate: after, tz: zoned?.[1] ?? 'UTC' })
    .next()
    .toDate();
}

/** Starts the functions whose time has come. Ticks missed while nothing ran are made up by one, not by one each. */
export async function startDueCrons(sql: postgres.Sql): Promise<number> {
  return inTransaction(sql, async (tx) => {
    const due = await tx<{ fnId: string; expression: string; nextAt: Date; now: Date }[]>`
      select fn_id as "fnId", expression, next_at as "nextAt", clock_timestamp() as now from engine.cron
      where next_at <= clock_timestamp() order by next_at for update skip locked`;
    for (const { fnId, expression, nextAt, now } of due) {
      const data = { cron: expression, fireAt: now.toISOString(), scheduledAt: nextAt.toISOString() };
      const id = `cron:${fnId}:${expression}:${nextAt.toISOString()}`;
      const payload = { id, name: 'inngest/scheduled.timer', data, ts: nextAt.getTime(), user: {} };
      await insertEvents(tx, [{ payload, targetFn: fnId }]);
      await tx`update engine.cron set next_at = ${nextTick(expression, now)}
        where fn_id = ${fnId} and expression = ${expression}`;
    }
    return due.length;
  });
}
