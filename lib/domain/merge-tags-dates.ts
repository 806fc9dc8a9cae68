import type { Literal } from './merge-tags';

const PATTERN_TOKEN = /'([^']*)'|yyyy|yy|MMMM|MMM|MM|M|dd|d|EEEE|EEE|HH|H|hh|h|mm|ss|a|[A-Za-z]+|[^A-Za-z']+/g;
const DATE_ONLY = /^(\d{4})-(\d{2})-(\d{2})$/;
const ISO_TIME = /^\d{4}-\d{2}-\d{2}[T ]\d{2}:\d{2}/;

interface Parts {
  year: number;
  month: number;
  day: number;
  weekday: number;
  hour: number;
  minute: number;
  second: number;
}
type Write = (parts: Parts) => string;

/**
 * A formatter for patterns of Unicode TR 35 letters (`d MMM yyyy`, `EEEE HH:mm`, texts in single quotes). A bare date
 * stays the same calendar day everywhere; a moment is shown in `zone` (UTC unless given). Answers null for what is no date.
 */
export function dateFormatter(pattern: string, locale: string, zone?: Literal): (value: unknown) => string | null {
  const writers = (pattern.match(PATTERN_TOKEN) ?? []).map((token) => writerOf(token, locale));
  const inZone = typeof zone === 'string' && zone !== 'UTC' ? zoneReader(zone) : undefined;
  return (value) => {
    const moment = readMoment(value);
    if (!moment) return null;
    const parts = inZone && !moment.isDateOnly ? inZone(moment.date) : utcParts(moment.date);
    let text = '';
    for (const write of writers) text += write(parts);
    return text;
  };
}

function readMoment(value: unknown): { date: Date; isDateOnly: boolean } | null {
  const text = value instanceof Date ? '' : typeof value === 'string' ? value.trim() : null;
  if (text === null) return null;
  const day = DATE_ONLY.exec(text);
  if (!day && !(value instanceof Date) && !ISO_TIME.test(text)) return null;
  const hasZone = /(?:Z|[+-]\d{2}:?\d{2})$/i.test(text);
  const date = value instanceof Date ? value : new Date(day || hasZone ? text : `${text.replace(' ', 'T')}Z`);
  if (Number.isNaN(date.getTime())) return null;
  if (day && date.getUTCDate() !== Number(day[3])) return null;
  return { date, isDateOnly: day !== null };
}

function utcParts(date: Date): Parts {
  return {
    year: date.getUTCFullYear(),
    month: date.getUTCMonth(),
    day: date.getUTCDate(),
    weekday: date.getUTCDay(),
    hour: date.getUTCHours(),
    minute: date.getUTCMinutes(),
    second: date.getUTCSeconds(),
  };
}

function zoneReader(timeZone: string): (date: Date) => Parts {
  const format = new Intl.DateTimeFormat('en-US', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: 'numeric',
    day: 'numeric',
    hour: 'numeric',
    minute: 'numeric',
    second: 'numeric',
  });
  return (date) => {
    const found: Record<string, number> = {};
    for (const part of format.formatToParts(date)) found[part.type] = Number(part.value);
    const { year = 0, month = 1, day = 1, hour = 0, minute = 0, second = 0 } = found;
    return utcParts(new Date(Date.UTC(year, month - 1, day, hour, minute, second)));
  };
}

function writerOf(token: string, locale: string): Write {
  const quoted = /^'([^']*)'$/.exec(token);
  if (quoted) return () => quoted[1] || "'";
  switch (token) {
    case 'yyyy':
      return ({ year }) => pad(year, 4);
    case 'yy':
      return ({ year }) => pad(year % 100, 2);
    case 'MMMM':
    case 'MMM': {
      const names = monthNames(locale, token === 'MMMM' ? 'long' : 'short');
      return ({ month }) => names[month] ?? '';
    }
    case 'MM':
      return ({ month }) => pad(month + 1, 2);
    case 'M':
      return ({ month }) => String(month + 1);
    case 'dd':
      return ({ day }) => pad(day, 2);
    case 'd':
      return ({ day }) => String(day);
    case 'EEEE':
    case 'EEE': {
      const names = weekdayNames(locale, token === 'EEEE' ? 'long' : 'short');
      return ({ weekday }) => names[weekday] ?? '';
    }
    case 'HH':
      return ({ hour }) => pad(hour, 2);
    case 'H':
      return ({ hour }) => String(hour);
    case 'hh':
      return ({ hour }) => pad(hour % 12 || 12, 2);
    case 'h':
      return ({ hour }) => String(hour % 12 || 12);
    case 'mm':
      return ({ minute }) => pad(minute, 2);
    case 'ss':
      return ({ second }) => pad(second, 2);
    case 'a':
      return ({ hour }) => (hour < 12 ? 'AM' : 'PM');
    default:
      if (/[A-Za-z]/.test(token))
        throw new RangeError(`“${token}” is not a part of a date; put texts in single quotes`);
      return () => token;
  }
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}

function monthNames(locale: string, month: 'long' | 'short'): string[] {
  const format = new Intl.DateTimeFormat(locale, { day: 'numeric', month, timeZone: 'UTC' });
  return Array.from({ length: 12 }, (_, index) => partOf(format, new Date(Date.UTC(2024, index, 15)), 'month'));
}

function weekdayNames(locale: string, weekday: 'long' | 'short'): string[] {
  const format = new Intl.DateTimeFormat(locale, { weekday, timeZone: 'UTC' });
  return Array.from({ length: 7 }, (_, index) => partOf(format, new Date(Date.UTC(2024, 8, 1 + index)), 'weekday'));
}

function partOf(format: Intl.DateTimeFormat, date: Date, type: 'month' | 'weekday'): string {
  return format.formatToParts(date).find((part) => part.type === type)?.value ?? '';
}
