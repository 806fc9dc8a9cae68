import { systemCtx } from '@/lib/context';
import {
  type ClaimedDelivery,
  claimAbandonedBatch,
  loadBatch,
  type OpenIntent,
  releaseBatch,
} from '@/lib/features/deliveries/claim-batch';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { settleBatch } from '@/lib/features/deliveries/settle-batch';
import { loadRun } from '@/lib/features/runs/load-run';

/** What is known of a message whose worker never said how it went. */
export function doubtOf(member: ClaimedDelivery, intent: OpenIntent): Outcome {
  return {
    state: 'in_doubt',
    deliveryId: member.id,
    contactId: member.contactId,
    intentId: intent.id,
    intentAt: intent.intentAt,
    code: 'worker_lost',
    text: 'The worker stopped while this message was on the wire; the provider may or may not have taken it.',
  };
}

const CLOSER = 'closing a cancelled run';

/**
 * Puts into doubt what dead workers left on the wire of a cancelled run: nobody will send for it again, so nobody else
 * would. A worker that is merely slow still corrects it with its answer.
 */
export async function doubtAbandoned(workspaceId: string, runId: string): Promise<number> {
  let settled = 0;
  for (;;) {
    const batch = await claimAbandonedBatch(runId, CLOSER);
    if (!batch) return settled;
    const { deliveries, open } = await loadBatch(batch);
    const members = new Map(deliveries.map((delivery) => [delivery.id, delivery]));
    const outcomes = open.flatMap((intent) =>
      intent.deliveryIds.flatMap((id) => {
        const member = members.get(id);
        members.delete(id);
        return member ? [doubtOf(member, intent)] : [];
      }),
    );
    const run = await loadRun(systemCtx(workspaceId, 'cancel'), runId);
    const closeIntents = open.map((intent) => intent.id);
    settled += (await settleBatch({ run, batch, worker: CLOSER, outcomes, closeIntents })).length;
    await releaseBatch(batch, CLOSER, null);
  }
}
