import { type Recurrence, type Repeat, WEEKDAYS, type Weekday } from './recurrence';

const title = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
const WORKDAYS: readonly Weekday[] = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'];

/** `a, b and c`. */
function listed(words: readonly string[]): string {
  return words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`;
}

function ordinal(n: number): string {
  const rest = n % 100;
  if (rest >= 11 && rest <= 13) return `${n}th`;
  return `${n}${['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'}`;
}

function daysWords(repeat: Repeat): string {
  const { every } = repeat;
  switch (repeat.unit) {
    case 'day':
      return every === 1 ? 'Every day' : every === 2 ? 'Every other day' : `Every ${every} days`;
    case 'week': {
      const on = WEEKDAYS.filter((weekday) => repeat.on.includes(weekday));
      if (on.length === 0) return 'On no weekday yet';
      const isWorkdays = on.length === WORKDAYS.length && on.every((weekday) => WORKDAYS.includes(weekday));
      const days = on.length === 7 ? 'day' : isWorkdays ? 'weekday' : listed(on.map(title));
      if (every === 1) return `Every ${days}`;
      const which = days === 'day' ? 'all days' : days === 'weekday' ? 'weekdays' : days;
      return `Every ${every} weeks on ${which}`;
    }
    case 'month': {
      const day = repeat.day === 'last' ? 'last day' : ordinal(repeat.day);
      const month = every === 1 ? 'every month' : `every ${every} months`;
      const short = repeat.day !== 'last' && repeat.day > 28 ? ' (in a shorter one, its last day)' : '';
      return `On the ${day} of ${month}${short}`;
    }
  }
}

/** A calendar day in words, the year only where it is needed to tell. */
export function dayWords(day: string, locale = 'en-GB'): string {
  const at = Date.parse(`${day}T00:00Z`);
  if (Number.isNaN(at)) return day;
  return new Intl.DateTimeFormat(locale, { day: 'numeric', month: 'long', year: 'numeric', timeZone: 'UTC' }).format(
    at,
  );
}

function endWords({ end }: Recurrence): string {
  if (end.kind === 'on') return `, until ${dayWords(end.day)}`;
  if (end.kind === 'after') return end.occurrences === 1 ? ', once' : `, ${end.occurrences} times`;
  return '';
}

/** A recurrence as one sentence without its full stop: “Every Monday and Thursday at 09:00, Asia/Singapore, until 31 March 2027”. */
export function recurrenceWords(recurrence: Recurrence, workspaceZone: string): string {
  const times = listed([...new Set(recurrence.times)].sort());
  const zone = (recurrence.timeZone ?? workspaceZone).replaceAll('_', ' ');
  const from = recurrence.from ? `, from ${dayWords(recurrence.from)}` : '';
  return `${daysWords(recurrence.repeat)} at ${times}, ${zone}${from}${endWords(recurrence)}`;
}

/** A moment by the clock of a zone: “Mon 7 Dec, 09:00 (Asia/Singapore)”. */
export function momentWords(at: Date, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone,
    weekday: 'short',
    day: 'numeric',
    month: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  return `${format.format(at)} (${timeZone.replaceAll('_', ' ')})`;
}
