const BASE_MS = 30_000;
const MAX_MS = 30 * 60_000;

/**
 * How long to wait before attempt `next` (2 for the first retry): 30 s doubling to at most 30 min, with up to 20 % of
 * jitter so that a thousand deliveries do not come back at once. A provider's own wish (`retryAfterMs`) is never undercut.
 */
export function retryDelayMs(next: number, random: number, retryAfterMs = 0): number {
  const steady = Math.min(BASE_MS * 2 ** Math.max(0, next - 2), MAX_MS);
  return Math.round(Math.max(steady, retryAfterMs) * (1 + 0.2 * random));
}
