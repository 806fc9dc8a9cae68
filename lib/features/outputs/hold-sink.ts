import { withSystemTx } from '@/lib/db/client';
import { sinkHoldMs } from '@/lib/domain/output-connection';
import { env } from '@/lib/env';
import { announceRun } from '@/lib/features/runs/announce-run';

const ALARM_AFTER = 3;

export interface HeldStep {
  workspaceId: string;
  runId: string;
  step: number;
  connectionId: string;
}

/**
 * Leaves a sink alone for a while after it took nothing, at growing distance: the waiting batches of that step move
 * together, no attempt is spent, and every other step goes on. The third time in a row people are told, once.
 */
export async function holdSink(at: HeldStep, text: string, retryAfterMs = 0): Promise<Date> {
  const { workspaceId, runId, step, connectionId } = at;
  return withSystemTx(async (tx) => {
    const [row] = await tx.sql<{ name: string; failures: number; holdUntil: Date; holdSince: Date }[]>`
      update output_connections set failures = failures + 1, hold_reason = ${text}, hold_since = coalesce(hold_since, now())
      where workspace_id = ${workspaceId} and id = ${connectionId} and (hold_until is null or hold_until <= now())
      returning name, failures, hold_since as "holdSince"`;
    const [held] = await tx.sql<{ holdUntil: Date }[]>`
      update output_connections set hold_until = greatest(hold_until,
        now() + ${row ? sinkHoldMs(row.failures, env().WAYBILL_RETRY_BASE_MS, retryAfterMs) : 0} * interval '1 ms')
      where workspace_id = ${workspaceId} and id = ${connectionId} returning hold_until as "holdUntil"`;
    const until = held?.holdUntil ?? new Date();
    await tx.sql`
      update batches set not_before = greatest(not_before, ${until}) where workspace_id = ${workspaceId} and run_id = ${runId}
        and step = ${step} and state = 'ready' and (lease_until is null or lease_until < now())`;
    if (row && row.failures >= ALARM_AFTER) {
      const detail = `${row.name} takes no records: ${text}. Nothing is lost; all other steps go on.`;
      await announceRun(
        tx,
        workspaceId,
        runId,
        'stalled',
        detail,
        `sink:${connectionId}:${row.holdSince.toISOString()}`,
      );
    }
    return until;
  });
}

/** The sink takes records again; what waits for it goes out when its time comes. */
export async function releaseSink(workspaceId: string, connectionId: string): Promise<void> {
  await withSystemTx(async ({ sql }) => {
    await sql`
      update output_connections set failures = 0, hold_until = null, hold_since = null, hold_reason = null
      where workspace_id = ${workspaceId} and id = ${connectionId} and (failures > 0 or hold_until is not null)`;
  });
}
