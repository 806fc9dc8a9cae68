import type { Tx } from '@/lib/db/client';
import { type DeliveryState, RESENT_WAVE } from '@/lib/domain/delivery';
import type { StripCounts } from '@/lib/domain/strip';
import type { WaitUntil } from '@/lib/domain/wait-time';
import type { FrozenStep } from '@/lib/features/campaigns/frozen-version';

export interface StepTotals {
  step: number;
  wave: number;
  state: DeliveryState;
  n: number;
}

/** `until` is of wait steps; versions from before it was kept have none. */
export type StepOutline = Pick<FrozenStep, 'id' | 'name' | 'kind'> & { until?: WaitUntil };

export interface StepProgress {
  step: number;
  id: string;
  name: string;
  kind: FrozenStep['kind'];
  counts: StripCounts;
}

/** The settled deltas of a run, summed over their shards; a few dozen rows whatever the size of the run. */
export async function stepTotals(tx: Tx, workspaceId: string, runId: string): Promise<StepTotals[]> {
  return await tx.sql<StepTotals[]>`
    select step, wave, state, sum(n)::int as n from run_counters
    where workspace_id = ${workspaceId} and run_id = ${runId} and wave <> ${RESENT_WAVE} group by step, wave, state`;
}

export function emptyCounts(): StripCounts {
  return { accepted: 0, failed: 0, skipped: 0, in_doubt: 0, cancelled: 0, expired: 0, waiting: 0 };
}

/** Counts per step with deliveries; what is not settled of the audience is waiting, so each step sums to the audience. */
export function expectedTotals(
  flow: readonly StepOutline[],
  fromStep: number,
  totals: readonly StepTotals[],
  audience: number,
): StepProgress[] {
  return flow.flatMap((step, index) => {
    if (step.kind === 'wait' || index < fromStep) return [];
    const counts = emptyCounts();
    let settled = 0;
    for (const total of totals) {
      if (total.step !== index || total.state === 'queued' || total.state === 'superseded') continue;
      counts[total.state] += total.n;
      settled += total.n;
    }
    counts.waiting = audience - settled;
    return [{ step: index, id: step.id, name: step.name, kind: step.kind, counts }];
  });
}
