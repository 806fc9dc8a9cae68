import type { Tx } from '@/lib/db/client';
import { databaseNow } from '@/lib/db/clock';
import { waitMsOf } from '@/lib/domain/wait-time';
import type { StepOutline, StepProgress } from '@/lib/features/runs/step-totals';

interface Going {
  workspaceId: string;
  runId: string;
  flow: readonly StepOutline[];
  steps: readonly StepProgress[];
  ratePerSecond: number;
}

/**
 * Seconds until a run that sends is done, as things stand: the last of the step that is furthest behind may go (its hours, a
 * wait, the interval of its wave), the waits of the flow after it, and everything at the present rate. Null while nothing
 * tells.
 */
export async function secondsLeft(
  { sql }: Tx,
  { workspaceId, runId, flow, steps, ratePerSecond }: Going,
): Promise<number | null> {
  const behind = steps.find(({ counts }) => counts.waiting > 0);
  if (!behind) return null;
  const [row] = await sql<{ lastAt: Date | null }[]>`
    select max(not_before) as "lastAt" from batches
    where workspace_id = ${workspaceId} and run_id = ${runId} and state = 'ready' and step = ${behind.step} and not_before > now()`;
  const waiting = steps.reduce((sum, step) => sum + step.counts.waiting, 0);
  const lastAt = row?.lastAt ?? null;
  if (lastAt === null && ratePerSecond === 0) return null;
  const now = databaseNow().getTime();
  const fromMs = Math.max(now, lastAt?.getTime() ?? 0) + (ratePerSecond > 0 ? (waiting / ratePerSecond) * 1000 : 0);
  const endMs = fromMs + waitMsOf(flow.slice(behind.step + 1), fromMs);
  return Math.round((endMs - now) / 1000);
}
