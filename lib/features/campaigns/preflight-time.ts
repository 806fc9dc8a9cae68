import type { FlowStep } from '@/lib/domain/campaign';
import { durationWords } from '@/lib/domain/campaign-flow';
import type { Finding, FinishTime } from '@/lib/domain/preflight';
import { hoursOf, type WorkspaceHours } from '@/lib/domain/send-hours';
import { hourAt } from '@/lib/domain/zoned-time';
import type { Campaign } from '@/lib/features/campaigns/get-campaign';

const NIGHT_BEGINS = 21;
const NIGHT_ENDS = 8;

function isNight(atMs: number, timeZone: string): boolean {
  const hour = hourAt(atMs, timeZone);
  return hour >= NIGHT_BEGINS || hour < NIGHT_ENDS;
}

function clock(at: Date, timeZone: string): string {
  return new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', timeZone }).format(at);
}

/** When the first text message can leave: the waits before it added to the start. */
function firstSmsAt(flow: readonly FlowStep[], startAt: Date): Date | null {
  const index = flow.findIndex((step) => step.kind === 'sms');
  if (index < 0) return null;
  let atMs = startAt.getTime();
  for (const step of flow.slice(0, index)) {
    if (step.kind !== 'wait') continue;
    atMs = step.until.kind === 'duration' ? atMs + step.until.ms : Math.max(atMs, Date.parse(step.until.at));
  }
  return new Date(atMs);
}

/** What the plan of times means for people: a moment that has passed, messages at night, people whose turn comes too late. */
export function timeFindings(
  campaign: Campaign,
  finish: FinishTime,
  startAt: Date,
  { timeZone, workspace }: { timeZone: string; workspace: WorkspaceHours | undefined },
): Finding[] {
  const { schedule, flow, policy } = campaign.draft;
  const fix = { label: 'Change when it goes', href: `/campaigns/${campaign.id}#when` };
  const found: Finding[] = [];
  if (schedule.kind === 'at' && Date.parse(schedule.at) < startAt.getTime()) {
    found.push({
      level: 'warning',
      code: 'time_passed',
      title: 'The planned time has passed: it would start at once',
      fix,
    });
  }
  // with hours of its own nothing arrives at night
  const smsAt = hoursOf('sms', policy.hours, workspace) ? null : firstSmsAt(flow, startAt);
  const place = timeZone.split('/').at(-1)?.replaceAll('_', ' ') ?? timeZone;
  if (smsAt && isNight(smsAt.getTime(), timeZone)) {
    found.push({
      level: 'warning',
      code: 'sms_at_night',
      title: `Text messages would arrive at night: it is ${clock(smsAt, timeZone)} in ${place} when the first go out`,
      fix,
    });
  }
  for (const step of flow) {
    if (step.kind !== 'wait' || step.until.kind !== 'time' || Date.parse(step.until.at) > startAt.getTime()) continue;
    found.push({
      level: 'warning',
      code: `wait_passed:${step.id}`,
      title: `“${step.name}” waits for a time that will have passed: nobody would wait there`,
      fix: { label: `Open “${step.name}”`, href: `/campaigns/${campaign.id}?step=${step.id}#what` },
    });
  }
  const { expireAfterMs } = policy;
  if (expireAfterMs !== undefined && finish.totalMs !== null && finish.totalMs > expireAfterMs) {
    found.push({
      level: 'warning',
      code: 'expires_too_early',
      title: `It needs about ${durationWords(Math.ceil(finish.totalMs / 60_000) * 60_000)}, and gives up after ${durationWords(expireAfterMs)}`,
      detail: 'Whoever has not been reached by then gets nothing. Allow more time, or raise the rate.',
      fix,
    });
  }
  return found;
}
