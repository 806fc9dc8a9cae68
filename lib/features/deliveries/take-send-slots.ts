import { withSystemTx } from '@/lib/db/client';

export interface RateLimit {
  /** Whose allowance: a provider account or a run. */
  key: string;
  maxPerSecond: number;
}

/** A limit below one per second is one per so many seconds. */
function windowOf(limit: RateLimit): { seconds: number; capacity: number } {
  if (limit.maxPerSecond >= 1) return { seconds: 1, capacity: Math.floor(limit.maxPerSecond) };
  return { seconds: Math.ceil(1 / limit.maxPerSecond), capacity: 1 };
}

/**
 * Takes up to `wanted` send slots of the current second from every limit at once and answers how many were granted;
 * 0 with the time until the next window. Exact over windows of the database's clock, across all workers.
 */
export async function takeSendSlots(limits: RateLimit[], wanted: number): Promise<{ granted: number; waitMs: number }> {
  if (limits.length === 0) return { granted: wanted, waitMs: 0 };
  return withSystemTx(async ({ sql }) => {
    // one order for everybody, so that two limits never deadlock
    const ordered = [...limits].sort((a, b) => (a.key < b.key ? -1 : 1));
    const taken: { key: string; slot: number }[] = [];
    let granted = wanted;
    let waitMs = 0;
    for (const limit of ordered) {
      const { seconds, capacity } = windowOf(limit);
      const [row] = await sql<{ slot: number; n: number; leftMs: number }[]>`
        insert into rate_slots (key, second, n)
        values (${limit.key}, floor(extract(epoch from clock_timestamp()) / ${seconds})::bigint * ${seconds}, 0)
        on conflict (key, second) do update set n = rate_slots.n
        returning second as slot, n, ((second + ${seconds}) * 1000 - extract(epoch from clock_timestamp()) * 1000)::int as "leftMs"`;
      if (!row) continue;
      const free = Math.max(0, capacity - row.n);
      if (free < granted) waitMs = Math.max(waitMs, row.leftMs);
      granted = Math.min(granted, free);
      taken.push({ key: limit.key, slot: row.slot });
    }
    if (granted > 0) {
      for (const { key, slot } of taken) {
        await sql`update rate_slots set n = n + ${granted} where key = ${key} and second = ${slot}`;
      }
    }
    return { granted, waitMs: granted > 0 ? 0 : Math.max(5, waitMs) };
  });
}
