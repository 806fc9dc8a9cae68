import type postgres from 'postgres';

const BATCH = 1000;

export interface Pruned {
  runs: number;
  events: number;
}

/**
 * Deletes runs that ended, and events that were routed, more than `olderThanMs` ago, a thousand at a time so that nothing
 * waits for it. What is deleted no longer counts for idempotency.
 */
export async function prune(sql: postgres.Sql, olderThanMs: number): Promise<Pruned> {
  const pruned: Pruned = { runs: 0, events: 0 };
  const cutOff = sql`clock_timestamp() - ${olderThanMs} * interval '1 millisecond'`;
  for (let deleted = BATCH; deleted === BATCH; pruned.runs += deleted) {
    const result = await sql`delete from engine.run where id in (
      select id from engine.run where ended_at < ${cutOff} order by ended_at limit ${BATCH})`;
    deleted = result.count;
  }
  for (let deleted = BATCH; deleted === BATCH; pruned.events += deleted) {
    const result = await sql`delete from engine.event where seq in (
      select seq from engine.event where received_at < ${cutOff} and routed_at is not null order by received_at limit ${BATCH})`;
    deleted = result.count;
  }
  await sql`delete from engine.rate where tat < ${cutOff}`;
  return pruned;
}
