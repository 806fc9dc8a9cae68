import type { Audience } from '@/lib/domain/campaign';
import type { QueuingRun } from '@/lib/features/runs/load-run';

export type RerunKind = 'new_matches' | 'everybody' | 'from_step';

/** Whom a rerun is for: the rule of the run it repeats, for `new_matches` without those a run of the campaign has reached. */
export function rerunAudience(run: Pick<QueuingRun, 'audience' | 'frozen' | 'campaignId'>, kind: RerunKind): Audience {
  const { audience } = run.frozen;
  if (kind !== 'new_matches') return audience;
  return { ...audience, excludeReachedBy: [...new Set([...audience.excludeReachedBy, run.campaignId])] };
}
