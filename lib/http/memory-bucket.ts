export interface MemoryRule {
  /** How many may come at once. */
  capacity: number;
  /** How long one takes to come back. */
  refillMs: number;
}

interface Level {
  tokens: number;
  atMs: number;
}

export type MemoryLevels = Map<string, Level>;

const KEPT = 10_000;

/**
 * Takes one token from a bucket of this process: no database, and each of several processes grants its own. The buckets
 * longest unused are forgotten. A refused call takes nothing, so that waiting always helps.
 */
export function takeFromMemory(
  levels: MemoryLevels,
  key: string,
  { capacity, refillMs }: MemoryRule,
  nowMs = Date.now(),
): { isAllowed: boolean; left: number; waitMs: number } {
  const known = levels.get(key);
  const tokens = known ? Math.min(capacity, known.tokens + Math.max(0, nowMs - known.atMs) / refillMs) : capacity;
  const isAllowed = tokens >= 1;
  const left = isAllowed ? tokens - 1 : tokens;
  levels.delete(key);
  levels.set(key, { tokens: left, atMs: nowMs });
  const oldest = levels.keys().next().value;
  if (levels.size > KEPT && oldest !== undefined) levels.delete(oldest);
  return { isAllowed, left, waitMs: isAllowed ? 0 : Math.ceil((1 - left) * refillMs) };
}
