import { counted, formatNumber } from '@/components/ui/number';
import { duration as durationOf, exactTime } from '@/components/ui/time-words';
import type { CampaignDraft } from '@/lib/domain/campaign';
import { momentWords, recurrenceWords } from '@/lib/domain/recurrence-words';
import type { Report } from './preflight-view';

interface PlanFactsProps {
  report: Report;
  draft: CampaignDraft;
  timeZone: string;
}

interface PlanFact {
  label: string;
  value: string;
  note?: string;
}

function duration(ms: number): string {
  return durationOf(ms).replace(/ 0 h$/, '');
}

function money(amount: number, currency: string): string {
  return new Intl.NumberFormat('en', { style: 'currency', currency }).format(amount);
}

function startFact(schedule: CampaignDraft['schedule'], startAt: string, timeZone: string): PlanFact {
  switch (schedule.kind) {
    case 'event':
      return { label: 'Starts', value: 'On an event', note: schedule.event };
    case 'recurring': {
      const first = momentWords(new Date(startAt), schedule.timeZone ?? timeZone);
      return { label: 'First', value: first, note: recurrenceWords(schedule, timeZone) };
    }
    case 'at':
      return {
        label: 'Starts',
        value: exactTime(Date.parse(startAt), timeZone),
        note: timeZone.replaceAll('_', ' '),
      };
    case 'now':
      return { label: 'Starts', value: 'At once' };
  }
}

function timeFacts({ finish, startAt }: Report, { schedule, policy }: CampaignDraft, timeZone: string): PlanFact[] {
  const starts = startFact(schedule, startAt, timeZone);
  if (schedule.kind === 'event' || finish.messages === 0) return [starts];
  const byLimit = finish.limit
    ? `${formatNumber(finish.limit.perSecond)} a second, ${finish.limit.by === 'campaign' ? 'as this campaign asks' : 'as the provider allows'}`
    : 'No rate limit: as fast as the provider takes it';
  const waves =
    finish.waves > 1
      ? [{ label: 'Waves', value: `${formatNumber(finish.waves)} of ${formatNumber(policy.waveSize ?? 0)} people` }]
      : [];
  if (finish.totalMs === null) {
    return [starts, ...waves, { label: 'Takes', value: 'As long as you take', note: 'Each wave waits for a person.' }];
  }
  const takes =
    finish.totalMs < 1000 && !finish.limit ? 'Moments' : `About ${duration(Math.max(1000, finish.totalMs))}`;
  const planned = finish.waitingMs > 60_000 ? `${duration(finish.waitingMs)} of it is waiting, as planned. ` : '';
  return [starts, ...waves, { label: 'Takes', value: takes, note: `${planned}${byLimit}` }];
}

function costFacts({ sms, smsPrice }: Report): PlanFact[] {
  const segments = sms.reduce((sum, each) => sum + each.segments, 0);
  const messages = sms.reduce((sum, each) => sum + each.messages, 0);
  if (segments === 0) return [];
  const about = sms.every(({ isExact }) => isExact) ? '' : 'about ';
  const parts = `${about}${counted(segments, 'part', 'parts')} in ${counted(messages, 'message', 'messages')}`;
  return smsPrice
    ? [
        {
          label: 'Text messages',
          value: `${about ? 'About ' : ''}${money(segments * smsPrice.amount, smsPrice.currency)}`,
          note: parts,
        },
      ]
    : [
        {
          label: 'Text messages',
          value: `${about}${counted(segments, 'part', 'parts')}`,
          note: `${counted(messages, 'message', 'messages')}; no price is set in Settings`,
        },
      ];
}

/** The launch in figures: to how many, how many messages, from when, for how long, at what price. */
export function PlanFacts({ report, draft, timeZone }: PlanFactsProps) {
  const messages = report.finish.messages;
  const facts = [...timeFacts(report, draft, timeZone), ...costFacts(report)];
  return (
    <div className="flex flex-col gap-3">
      <p>
        <span className="block font-semibold text-xl tabular-nums">{formatNumber(report.count.audience)}</span>
        <span className="text-ink-soft text-sm">
          {report.count.audience === 1 ? 'person' : 'people'}
          {draft.schedule.kind === 'event'
            ? ' could get it, one event at a time'
            : draft.schedule.kind === 'recurring'
              ? ' would get it now; each occurrence decides anew'
              : messages > report.count.audience && `, up to ${formatNumber(messages)} messages`}
        </span>
      </p>
      <dl className="divide-y divide-rule border-rule border-y">
        {facts.map(({ label, value, note }) => (
          <div key={label} className="grid grid-cols-[6rem_minmax(0,1fr)] gap-x-3 py-2 text-sm">
            <dt className="text-ink-faint">{label}</dt>
            <dd className="min-w-0 tabular-nums first-letter:uppercase">
              {value}
              {note && <span className="block text-ink-faint text-xs [overflow-wrap:anywhere]">{note}</span>}
            </dd>
          </div>
        ))}
      </dl>
    </div>
  );
}
