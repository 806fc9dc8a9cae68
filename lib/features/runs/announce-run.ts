import type { Tx } from '@/lib/db/client';
import type { FrozenVersion } from '@/lib/features/campaigns/frozen-version';
import { recordChange } from '@/lib/features/changes/record-change';
import { enqueueNotice } from '@/lib/features/outbox/enqueue-notice';
import { expectedTotals, type StepOutline, stepTotals } from '@/lib/features/runs/step-totals';

export type RunEvent =
  | 'started'
  | 'wave_done'
  | 'completed'
  | 'failed'
  | 'paused'
  | 'resumed'
  | 'stalled'
  | 'missed'
  | 'empty'
  | 'unusual'
  | 'late';

/** These reach the change feed through their entry in the audit log. */
const AUDITED: ReadonlySet<RunEvent> = new Set(['completed', 'failed', 'paused', 'resumed']);

interface Row {
  name: string;
  notify: FrozenVersion['notify'];
  flow: StepOutline[];
  fromStep: number;
  listTotal: number | null;
  audience: number;
  url: string;
  /** How many entries the audit log has of the run: tells one pause, or one completion, from the next. */
  audits: number;
}

/** The reconciliation line as it is in this transaction. */
async function numbersOf(tx: Tx, workspaceId: string, runId: string, row: Row) {
  const totals = await stepTotals(tx, workspaceId, runId);
  const excluded = await tx.sql<{ reason: string; n: number }[]>`
    select reason, n from run_exclusions where workspace_id = ${workspaceId} and run_id = ${runId} order by reason`;
  const steps = expectedTotals(row.flow, row.fromStep, totals, row.audience);
  return {
    listTotal: row.listTotal,
    audience: row.audience,
    excluded: Object.fromEntries(excluded.map(({ reason, n }) => [reason, n])),
    steps: steps.map(({ name, counts }) => ({ name, counts })),
  };
}

/**
 * Queues the receipts and alarms of a run event in the transaction that made it true: one per event, person and channel,
 * however often this runs.
 */
export async function announceRun(
  tx: Tx,
  workspaceId: string,
  runId: string,
  event: RunEvent,
  detail: string,
  /** Tells one pause from the next; by default one announcement per event and run. */
  occurrence = '',
): Promise<void> {
  const [row] = await tx.sql<Row[]>`
    select r.name, v.frozen -> 'notify' as notify, v.outline as flow, r.from_step as "fromStep", r.list_total as "listTotal",
           coalesce(r.audience_count, 0) as audience, r.base_url || '/runs/' || r.id as url,
           (select count(*)::int from audit_log a where a.workspace_id = r.workspace_id and a.subject_type = 'run' and a.subject_id = r.id) as audits
    from runs r join campaign_versions v on v.id = r.version_id
    where r.workspace_id = ${workspaceId} and r.id = ${runId} and r.seed_of is null`;
  if (row && !AUDITED.has(event)) {
    const data = { detail, ...(occurrence && { occurrence }) };
    await recordChange(tx, { workspaceId, type: `run.${event}`, subjectId: runId, data });
  }
  if (!row?.notify.events.includes(event)) return;
  const once = occurrence || (AUDITED.has(event) ? String(row.audits) : '');
  const numbers = await numbersOf(tx, workspaceId, runId, row);
  const targets = [
    ...row.notify.emails.map((target) => ({ channel: 'email' as const, target })),
    ...row.notify.phones.map((target) => ({ channel: 'sms' as const, target })),
    ...row.notify.webhookIds.map((target) => ({ channel: 'webhook' as const, target })),
  ];
  for (const { channel, target } of targets) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `run:${runId}:${event}:${once}:${channel}:${target}`,
      topic: `run.${event}`,
      channel,
      target,
      payload: {
        runId,
        event,
        detail,
        name: row.name,
        wave: event === 'wave_done' ? Number(occurrence) : null,
        numbers,
        url: row.url,
      },
    });
  }
}
