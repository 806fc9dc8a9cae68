import type { FrozenRecordStep } from '@/lib/features/campaigns/frozen-version';
import { type ClaimedBatch, loadBatch, releaseBatch } from '@/lib/features/deliveries/claim-batch';
import { conditionMisses } from '@/lib/features/deliveries/condition-misses';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { outputTableExists } from '@/lib/features/outputs/output-table-exists';
import type { QueuingRun } from '@/lib/features/runs/load-run';

/**
 * Records a leased batch into the workspace's own output table: rows and settlement are one transaction, so a crash
 * leaves either both or neither.
 */
export async function sendRecords(
  run: QueuingRun,
  batch: ClaimedBatch,
  step: FrozenRecordStep,
  worker: string,
): Promise<number> {
  const { deliveries } = await loadBatch(batch);
  const misses = await conditionMisses(run, batch, step, deliveries);
  const exists = step.sink.kind === 'table' && (await outputTableExists(batch.workspaceId, step.sink.outputTableId));
  const outcomes = deliveries.map<Outcome>((delivery) => {
    const who = { deliveryId: delivery.id, contactId: delivery.contactId };
    if (misses.has(delivery.id)) return { ...who, state: 'skipped', reason: 'condition_not_met' };
    const facts = { ...who, intentId: null, intentAt: batch.datedAt };
    if (exists) return { ...facts, state: 'accepted', providerMessageId: null, code: 'ok', text: 'Recorded' };
    return {
      ...facts,
      state: 'failed',
      errorClass: 'internal',
      attempted: true,
      code: 'output_table_missing',
      text: 'The output table of this step was archived. Restore it and retry; no message is repeated.',
    };
  });
  const settled = outcomes.length > 0 ? await settleBatch({ run, batch, worker, outcomes, closeIntents: [] }) : [];
  await releaseBatch(batch, worker, null);
  return settled.length;
}
