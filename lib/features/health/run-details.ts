import type { Ctx } from '@/lib/context';
import { type StalledRun, stalledRuns } from '@/lib/features/health/stalled-runs';
import { type Doubt, listDoubts } from '@/lib/features/runs/list-doubts';
import { type IssueGroup, issueGroups } from '@/lib/features/runs/run-issues';
import { type RunNow, runNow } from '@/lib/features/runs/run-now';
import { type RunRates, runRates } from '@/lib/features/runs/run-rates';
import { type RunTrail, runTrail } from '@/lib/features/runs/run-trail';

export interface RunDetails {
  now: RunNow;
  stalled: StalledRun | null;
  issues: IssueGroup[];
  doubts: { items: Doubt[]; nextCursor: string | null };
  rates: RunRates;
  trail: RunTrail;
}

/** Everything of the run page that is not in its live numbers, for one poll. */
export async function runDetails(ctx: Ctx, runId: string): Promise<RunDetails> {
  const [now, stalled, issues, doubts, rates, trail] = await Promise.all([
    runNow(ctx, runId),
    stalledRuns(ctx, runId),
    issueGroups(ctx, runId),
    listDoubts(ctx, { runId, limit: 20 }),
    runRates(ctx, runId),
    runTrail(ctx, runId),
  ]);
  return { now, stalled: stalled[0] ?? null, issues, doubts, rates, trail };
}
