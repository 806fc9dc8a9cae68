import { type Tx, withSystemTx } from '@/lib/db/client';

export interface RateLimit {
  /** Whose allowance: a provider account or a run. */
  key: string;
  maxPerSecond: number;
  /** Who asks, where several share the allowance: each gets an equal part, and what others leave late in the window. */
  sharer?: string;
}

interface Window {
  slot: number;
  leftMs: number;
  seconds: number;
  capacity: number;
}

/** The last part of a window, in which what nobody took is anybody's. */
const LEFTOVER_PART = 0.25;
/** Who asked within so many windows still counts as sharing. */
const SHARING_WINDOWS = 2;

/** A limit below one per second is one per so many seconds. */
function windowOf(limit: RateLimit): { seconds: number; capacity: number } {
  if (limit.maxPerSecond >= 1) return { seconds: 1, capacity: Math.floor(limit.maxPerSecond) };
  return { seconds: Math.ceil(1 / limit.maxPerSecond), capacity: 1 };
}

const ownKey = (limit: RateLimit) => `${limit.key}|${limit.sharer}`;

/** What is left of a sharer's equal part, and when the leftovers are free to take. */
async function equalPart({ sql }: Tx, limit: RateLimit, window: Window): Promise<{ free: number; waitMs: number }> {
  const { slot, seconds, capacity, leftMs } = window;
  const [row] = await sql<{ mine: number; sharers: number }[]>`
    with own as (
      insert into rate_slots (key, second, n) values (${ownKey(limit)}, ${slot}, 0)
      on conflict (key, second) do update set n = rate_slots.n returning n
    )
    select (select n from own) as mine, (
      select count(distinct key)::int from rate_slots where second between ${slot - SHARING_WINDOWS * seconds} and ${slot}
        and starts_with(key, ${`${limit.key}|`}) and key <> ${ownKey(limit)}) + 1 as sharers`;
  const untilLeftoversMs = leftMs - LEFTOVER_PART * seconds * 1000;
  if (!row || row.sharers === 1 || untilLeftoversMs <= 0) return { free: capacity, waitMs: 0 };
  return { free: Math.max(0, Math.ceil(capacity / row.sharers) - row.mine), waitMs: untilLeftoversMs };
}

/**
 * Takes up to `wanted` send slots of the current second from every limit at once and answers how many were granted;
 * 0 with the time until it is worth asking again. Exact over windows of the database's clock, across all workers.
 */
export async function takeSendSlots(limits: RateLimit[], wanted: number): Promise<{ granted: number; waitMs: number }> {
  if (limits.length === 0) return { granted: wanted, waitMs: 0 };
  return withSystemTx(async (tx) => {
    const { sql } = tx;
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
      if (free === 0) waitMs = Math.max(waitMs, row.leftMs);
      granted = Math.min(granted, free);
      taken.push({ key: limit.key, slot: row.slot });
      if (limit.sharer === undefined) continue;
      const part = await equalPart(tx, limit, { slot: row.slot, leftMs: row.leftMs, seconds, capacity });
      if (part.free === 0) waitMs = Math.max(waitMs, part.waitMs);
      granted = Math.min(granted, part.free);
      taken.push({ key: ownKey(limit), slot: row.slot });
    }
    if (granted > 0) {
      for (const { key, slot } of taken) {
        await sql`update rate_slots set n = n + ${granted} where key = ${key} and second = ${slot}`;
      }
    }
    return { granted, waitMs: granted > 0 ? 0 : Math.max(5, waitMs) };
  });
}
