import { systemCtx } from '@/lib/context';
import type { Tx } from '@/lib/db/client';
import { momentWords } from '@/lib/domain/recurrence-words';
import { env } from '@/lib/env';
import type { FrozenVersion } from '@/lib/features/campaigns/frozen-version';
import { recordAudit } from '@/lib/features/history/record-audit';
import { enqueueNotice } from '@/lib/features/outbox/enqueue-notice';
import type { RecurrenceRow } from '@/lib/features/recurrences/recurrence-row';

export type OccurrenceEvent = 'missed' | 'skipped';

/**
 * Tells of an occurrence that had no run, in the transaction that decided so: in the audit log and the change feed, and
 * to everybody who wants to hear, once per occurrence and event however often this runs.
 */
export async function announceOccurrence(
  tx: Tx,
  row: RecurrenceRow,
  plannedAt: Date,
  event: OccurrenceEvent,
  detail: string,
): Promise<void> {
  const { workspaceId, campaignId } = row;
  const iso = plannedAt.toISOString();
  await recordAudit(tx, systemCtx(workspaceId, 'the schedule'), {
    action: `campaign.occurrence_${event}`,
    subjectType: 'campaign',
    subjectId: campaignId,
    data: { plannedAt: iso, reason: detail },
  });
  const [told] = await tx.sql<{ name: string; notify: FrozenVersion['notify'] }[]>`
    select c.name, v.frozen -> 'notify' as notify from campaigns c
    join campaign_versions v on v.workspace_id = c.workspace_id and v.id = ${row.versionId}
    where c.workspace_id = ${workspaceId} and c.id = ${campaignId}`;
  if (!told?.notify.events.includes(event)) return;
  const url = `${env().APP_URL.replace(/\/+$/, '')}/campaigns/${campaignId}/occurrences`;
  const planned = momentWords(plannedAt, row.plan.timeZone);
  const payload = { campaignId, event, detail, name: told.name, plannedAt: iso, planned, words: row.words, url };
  const targets = [
    ...told.notify.emails.map((target) => ({ channel: 'email' as const, target })),
    ...told.notify.phones.map((target) => ({ channel: 'sms' as const, target })),
    ...told.notify.webhookIds.map((target) => ({ channel: 'webhook' as const, target })),
  ];
  for (const { channel, target } of targets) {
    await enqueueNotice(tx, {
      workspaceId,
      dedupeKey: `occurrence:${campaignId}:${iso}:${event}:${channel}:${target}`,
      topic: `campaign.occurrence_${event}`,
      channel,
      target,
      payload,
    });
  }
}
