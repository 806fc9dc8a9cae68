import type { Tx } from '@/lib/db/client';
import type { FrozenVersion } from '@/lib/features/campaigns/frozen-version';
import { recordChange } from '@/lib/features/changes/record-change';
import { enqueueNotice } from '@/lib/features/outbox/enqueue-notice';

export type RunEvent = 'started' | 'wave_done' | 'completed' | 'failed' | 'paused' | 'resumed' | 'stalled' | 'missed';

/** These reach the change feed through their entry in the audit log. */
const AUDITED: ReadonlySet<RunEvent> = new Set(['completed', 'failed', 'paused', 'resumed']);

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
  const [row] = await tx.sql<{ name: string; notify: FrozenVersion['notify']; audits: number }[]>`
    select r.name, v.frozen -> 'notify' as notify,
           (select count(*)::int from audit_log a where a.workspace_id = r.workspace_id and a.subject_type = 'run' and a.subject_id = r.id) as audits
    from runs r join campaign_versions v on v.id = r.version_id where r.workspace_id = ${workspaceId} and r.id = ${runId}`;
  if (row && !AUDITED.has(event)) {
    const data = { detail, ...(occurrence && { occurrence }) };
    await recordChange(tx, { workspaceId, type: `run.${event}`, subjectId: runId, data });
  }
  if (!row?.notify.events.includes(event)) return;
  const once = occurrence || (event === 'paused' || event === 'resumed' ? String(row.audits) : '');
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
      payload: { runId, event, detail, name: row.name, wave: event === 'wave_done' ? Number(occurrence) : null },
    });
  }
}
