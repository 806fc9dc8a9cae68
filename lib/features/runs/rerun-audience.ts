import { type Audience, hasDeliveries } from '@/lib/domain/campaign';
import type { QueuingRun } from '@/lib/features/runs/load-run';

export type RerunKind = 'new_matches' | 'everybody' | 'from_step';

/**
 * Whom a rerun is for: the rule of the run it repeats; for `new_matches` without those a run of the campaign has reached;
 * for `from_step` those of the run who got past the step before it. Opt-outs and suppressions are looked at anew always.
 */
export function rerunAudience(
  run: Pick<QueuingRun, 'id' | 'audience' | 'frozen' | 'campaignId'>,
  kind: RerunKind,
  step = 0,
): Audience {
  const { audience, flow } = run.frozen;
  if (kind === 'new_matches') {
    return { ...audience, excludeReachedBy: [...new Set([...audience.excludeReachedBy, run.campaignId])] };
  }
  if (kind === 'everybody') return audience;
  let before = step - 1;
  while (before > 0 && !hasDeliveries(flow[before] ?? { kind: 'wait' })) before -= 1;
  const previous = flow[before];
  const alsoFailed = previous !== undefined && previous.kind !== 'wait' && previous.continueWhen === 'settled';
  return {
    ...audience,
    // who was drawn, capped or reached for the first step is not asked again for the second
    excludeReachedBy: [],
    frequencyCap: undefined,
    holdoutPercent: 0,
    goneOnFrom: { runId: run.id, step: before, alsoFailed },
  };
}
