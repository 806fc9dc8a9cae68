import type { FrozenConditionStep } from '@/lib/features/campaigns/frozen-version';
import { type ClaimedBatch, type LoadedBatch, releaseBatch } from '@/lib/features/deliveries/claim-batch';
import { conditionMisses } from '@/lib/features/deliveries/condition-misses';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import type { QueuingRun } from '@/lib/features/runs/load-run';

/**
 * Asks a condition step of everybody in a leased batch: whom it holds for is accepted and goes on, everybody else is
 * skipped with `condition_not_met` and so are their later steps. Nothing leaves, so nothing can be in doubt. Seed
 * recipients always go on: they are there to see the messages.
 */
export async function judgeConditions(
  run: QueuingRun,
  batch: ClaimedBatch,
  step: FrozenConditionStep,
  worker: string,
  { deliveries }: LoadedBatch,
): Promise<number> {
  const misses = run.seedOf === null ? await conditionMisses(run, batch, step, deliveries) : new Set<string>();
  const outcomes = deliveries.map(({ id: deliveryId, contactId }): Outcome => {
    if (misses.has(deliveryId)) return { deliveryId, contactId, state: 'skipped', reason: 'condition_not_met' };
    const facts = { deliveryId, contactId, intentId: null, intentAt: batch.datedAt };
    return { ...facts, state: 'accepted', providerMessageId: null, code: 'ok', text: 'The condition held' };
  });
  const settled = outcomes.length > 0 ? await settleBatch({ run, batch, worker, outcomes, closeIntents: [] }) : [];
  await releaseBatch(batch, worker, null);
  return settled.length;
}
