import { databaseNow } from '@/lib/db/clock';
import { durationWords } from '@/lib/domain/campaign-flow';
import type { Finding, FinishTime } from '@/lib/domain/preflight';
import { nextOccurrences, planRecurrence, shortestGapMs } from '@/lib/domain/recurrence';
import type { Campaign } from '@/lib/features/campaigns/get-campaign';

/** When a recurring campaign would start first if it were activated now; null for others, and for one without an occurrence. */
export function firstOccurrence({ draft: { schedule } }: Campaign, timeZone: string): Date | null {
  if (schedule.kind !== 'recurring') return null;
  const now = databaseNow();
  return nextOccurrences(planRecurrence(schedule, { timeZone, now }), now, 1)[0] ?? null;
}

/** What recurring means for a flow and for those who should hear of it. */
export function recurrenceFindings(campaign: Campaign, finish: FinishTime, timeZone: string): Finding[] {
  const { schedule, flow, notify } = campaign.draft;
  if (schedule.kind !== 'recurring') return [];
  const at = `/campaigns/${campaign.id}`;
  const when = { label: 'Change when it goes', href: `${at}#when` };
  const found: Finding[] = [];
  const now = databaseNow();
  const gapMs = shortestGapMs(planRecurrence(schedule, { timeZone, now }), now);
  const neededMs = finish.totalMs ?? 0;
  if (gapMs !== null && neededMs > gapMs && schedule.overlap !== 'start') {
    const words = (ms: number) => durationWords(Math.ceil(ms / 60_000) * 60_000);
    const then = schedule.overlap === 'skip' ? 'some would be left out' : 'later ones would wait for their turn';
    found.push({
      level: 'warning',
      code: 'overlaps',
      title: `One occurrence takes about ${words(neededMs)} and the next comes after ${words(gapMs)}: ${then}`,
      detail: 'Let occurrences run beside each other, let them come less often, or wait less in the flow.',
      fix: when,
    });
  }
  for (const step of flow) {
    if (step.kind !== 'wait' || step.until.kind !== 'time') continue;
    found.push({
      level: 'warning',
      code: `wait_fixed:${step.id}`,
      title: `“${step.name}” waits for one fixed time: in later occurrences nobody would wait there`,
      fix: { label: `Open “${step.name}”`, href: `${at}?step=${step.id}#what` },
    });
  }
  if (notify.emails.length + notify.phones.length + notify.webhookIds.length === 0) {
    found.push({
      level: 'warning',
      code: 'nobody_told',
      title: 'Nobody is told when an occurrence does not start, is empty or is late',
      detail: 'It can still be seen on the overview and the health page.',
      fix: { label: 'Choose who is told', href: `${at}#told` },
    });
  }
  return found;
}
