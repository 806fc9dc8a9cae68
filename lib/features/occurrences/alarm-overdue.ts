import { withSystemTx } from '@/lib/db/client';
import { momentWords } from '@/lib/domain/recurrence-words';
import { announceOccurrence } from '@/lib/features/occurrences/announce-occurrence';
import { findRecurrence } from '@/lib/features/recurrences/recurrence-row';

const OVERDUE_AFTER_MINUTES = 5;

/**
 * Raises the alarm for occurrences that should have started minutes ago and have not, although something runs that could
 * start them. Once for each, however often this runs and wherever. Answers how many were raised.
 */
export async function alarmOverdueOccurrences(): Promise<number> {
  return withSystemTx(async (tx) => {
    const overdue = await tx.sql<{ workspaceId: string; campaignId: string; nextAt: Date }[]>`
      update recurrences set overdue_told = next_at
      where status = 'active' and next_at < now() - make_interval(mins => ${OVERDUE_AFTER_MINUTES})
        and overdue_told is distinct from next_at
      returning workspace_id as "workspaceId", campaign_id as "campaignId", next_at as "nextAt"`;
    for (const { workspaceId, campaignId, nextAt } of overdue) {
      const row = await findRecurrence(tx, workspaceId, campaignId);
      if (!row) continue;
      const when = momentWords(nextAt, row.plan.timeZone);
      const detail = `It should have started on ${when} and could not be started. Waybill keeps trying. Nothing was sent.`;
      await announceOccurrence(tx, row, nextAt, 'missed', detail);
    }
    return overdue.length;
  });
}
