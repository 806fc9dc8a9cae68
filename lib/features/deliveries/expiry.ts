import type { ClaimedBatch } from '@/lib/features/deliveries/claim-batch';
import type { QueuingRun } from '@/lib/features/runs/load-run';

/**
 * Tells when the time is over that the policy gives the messages of a run. Counted from the launch by the database's
 * clock as the claim read it, then by this process's steady clock, so that setting a clock changes nothing.
 */
export function expiryOf(run: QueuingRun, batch: ClaimedBatch): () => boolean {
  const { expireAfterMs } = run.frozen.policy;
  if (expireAfterMs === undefined) return () => false;
  const leftMs = run.startedAt.getTime() + expireAfterMs - batch.claimedAt.getTime();
  const claimedAt = performance.now();
  return () => performance.now() - claimedAt >= leftMs;
}
