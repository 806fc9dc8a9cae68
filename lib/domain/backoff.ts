export const RETRY_BASE_MS = 30_000;
const DOUBLINGS = 6;

/**
 * How long to wait before attempt `next` (2 for the first retry): the base (30 s) doubling to at most 60 times itself, with
 * up to 20 % of jitter so that a thousand deliveries do not come back at once. A provider's own wish (`retryAfterMs`) is
 * never undercut.
 */
export function retryDelayMs(next: number, random: number, retryAfterMs = 0, baseMs = RETRY_BASE_MS): number {
  const steady = Math.min(baseMs * 2 ** Math.min(Math.max(0, next - 2), DOUBLINGS), baseMs * 60);
  return Math.round(Math.max(steady, retryAfterMs) * (1 + 0.2 * random));
}
