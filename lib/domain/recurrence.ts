import { z } from 'zod';
import { fromWallClock, isTimeZone, toWallClock } from './zoned-time';

export const WEEKDAYS = ['monday', 'tuesday', 'wednesday', 'thursday', 'friday', 'saturday', 'sunday'] as const;
export type Weekday = (typeof WEEKDAYS)[number];

/** A calendar day, `2026-11-30`. */
const daySchema = z.iso.date();

export const repeatSchema = z.discriminatedUnion('unit', [
  z.object({ unit: z.literal('day'), every: z.number().int().min(1).max(366).default(1) }),
  /** Weeks begin on Monday. */
  z.object({
    unit: z.literal('week'),
    every: z.number().int().min(1).max(52).default(1),
    on: z.array(z.enum(WEEKDAYS)).max(7),
  }),
  /** A day that a month does not have is its last one: nothing is left out in February. */
  z.object({
    unit: z.literal('month'),
    every: z.number().int().min(1).max(24).default(1),
    day: z.union([z.number().int().min(1).max(31), z.literal('last')]),
  }),
]);
export type Repeat = z.infer<typeof repeatSchema>;

export const MOST_OCCURRENCES = 1000;

export const recurrenceEndSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('never') }),
  /** The last day on which it may happen. */
  z.object({ kind: z.literal('on'), day: daySchema }),
  /** Counted from the activation. */
  z.object({ kind: z.literal('after'), occurrences: z.number().int().min(1).max(MOST_OCCURRENCES) }),
]);

/** What an occurrence is expected to be like; whatever is not is told. */
export const expectationSchema = z.object({
  /** Unusual is an audience below `least` or above `most` times the median of the occurrences before; null to not look. */
  volume: z
    .object({ least: z.number().min(0).max(1), most: z.number().min(1).max(1000) })
    .nullable()
    .default({ least: 0.5, most: 2 }),
  /** Completed so long after the planned time at the latest. */
  doneWithinMs: z
    .number()
    .int()
    .min(60_000)
    .max(31 * 86_400_000)
    .optional(),
});
export type Expectation = z.infer<typeof expectationSchema>;

export const recurrenceSchema = z.object({
  kind: z.literal('recurring'),
  repeat: repeatSchema,
  /** Times of day by the clock of the zone. */
  times: z
    .array(z.string().regex(/^(?:[01]\d|2[0-3]):[0-5]\d$/, 'must be a time of day such as 09:00'))
    .min(1)
    .max(24),
  /** A name of the IANA database; by default the workspace's. */
  timeZone: z.string().max(60).refine(isTimeZone, 'must be a time zone such as Asia/Singapore').optional(),
  /** The first day; by default the day of the activation. Days and weeks are counted from it. */
  from: daySchema.optional(),
  end: recurrenceEndSchema.default({ kind: 'never' }),
  /** While the occurrence before is still under way: leave the next one out, start it afterwards, or start it beside it. */
  overlap: z.enum(['skip', 'wait', 'start']).default('skip'),
  expect: expectationSchema.default({ volume: { least: 0.5, most: 2 } }),
});
export type Recurrence = z.infer<typeof recurrenceSchema>;

/** A recurrence with nothing left open, as an activation freezes it. */
export interface RecurrencePlan {
  repeat: Repeat;
  times: string[];
  timeZone: string;
  /** The day that days, weeks and months are counted from. */
  anchor: string;
  /** Nothing happens at or before this moment. */
  after: string;
  /** The moment of the very last occurrence, if there is one. */
  lastAt: string | null;
}

const DAY_MS = 86_400_000;
/** Years ahead that are looked at: no calendar rule leaves them all empty. */
const HORIZON_DAYS = 80 * 366;

const dayNumber = (day: string) => Math.round(Date.parse(`${day}T00:00Z`) / DAY_MS);
const dayText = (number: number) => new Date(number * DAY_MS).toISOString().slice(0, 10);
const mondayOf = (number: number) => number - ((((number + 3) % 7) + 7) % 7);
const monthOf = (number: number) => {
  const date = new Date(number * DAY_MS);
  return date.getUTCFullYear() * 12 + date.getUTCMonth();
};
const firstOf = (month: number) => Math.round(Date.UTC(Math.floor(month / 12), month % 12, 1) / DAY_MS);

/** The days of a rule from `from` on, as numbers, in order; none is before the anchor. */
function* daysOf(repeat: Repeat, anchor: number, from: number): Generator<number> {
  const start = Math.max(anchor, from);
  const { every } = repeat;
  if (repeat.unit === 'day') {
    for (let day = anchor + Math.ceil((start - anchor) / every) * every; ; day += every) yield day;
  }
  if (repeat.unit === 'week') {
    const offsets = WEEKDAYS.flatMap((weekday, index) => (repeat.on.includes(weekday) ? [index] : []));
    const first = mondayOf(anchor);
    const weeks = Math.floor((mondayOf(start) - first) / 7);
    for (let week = first + Math.floor(weeks / every) * every * 7; ; week += every * 7) {
      if (week > start + HORIZON_DAYS) return;
      for (const offset of offsets) if (week + offset >= start) yield week + offset;
    }
  }
  if (repeat.unit === 'month') {
    const first = monthOf(anchor);
    for (let month = first + Math.floor((monthOf(start) - first) / every) * every; ; month += every) {
      const last = firstOf(month + 1) - 1;
      const day = repeat.day === 'last' ? last : Math.min(firstOf(month) + repeat.day - 1, last);
      if (day >= start) yield day;
    }
  }
}

/** The moments of one day, in order. Two that a change of the clock puts together are one. */
function momentsOf(day: number, times: readonly string[], timeZone: string): number[] {
  const text = dayText(day);
  const moments = times.flatMap((time) => fromWallClock(`${text}T${time}`, timeZone) ?? []).map((at) => Date.parse(at));
  return [...new Set(moments)].sort((a, b) => a - b);
}

/**
 * The next `n` occurrences after a moment, fewer at the end. Where the clock is put forward, a time it leaves out happens
 * just as long after the change as it stands in the gap (02:30 at 03:30, RFC 5545 §3.3.5); where it is put back, a time
 * it shows twice happens the first time only.
 */
export function nextOccurrences(plan: RecurrencePlan, after: Date, n: number): Date[] {
  const afterMs = Math.max(after.getTime(), Date.parse(plan.after));
  const lastMs = plan.lastAt === null ? Number.POSITIVE_INFINITY : Date.parse(plan.lastAt);
  const from = dayNumber(toWallClock(new Date(afterMs).toISOString(), plan.timeZone).slice(0, 10)) - 1;
  const found: Date[] = [];
  for (const day of daysOf(plan.repeat, dayNumber(plan.anchor), from)) {
    for (const atMs of momentsOf(day, plan.times, plan.timeZone)) {
      if (atMs > lastMs || found.length >= n) return found;
      if (atMs > afterMs) found.push(new Date(atMs));
    }
    if (found.length >= n) return found;
  }
  return found;
}

/** The newest `keep` occurrences in (after, until], the oldest of them first. */
export function latestOccurrences(plan: RecurrencePlan, after: Date, until: Date, keep: number): Date[] {
  let latest: Date[] = [];
  for (let cursor = after; ; ) {
    const page = nextOccurrences(plan, cursor, keep).filter((at) => at <= until);
    latest = [...latest, ...page].slice(-keep);
    const last = page.at(-1);
    if (!last || page.length < keep) return latest;
    cursor = last;
  }
}

/** Settles what a draft leaves open: the zone, the first day, and when the last occurrence is. */
export function planRecurrence(
  { repeat, times, timeZone, from, end }: Recurrence,
  given: { timeZone: string; now: Date },
): RecurrencePlan {
  const zone = timeZone ?? given.timeZone;
  const after = given.now.toISOString();
  const open: RecurrencePlan = {
    repeat,
    times: [...new Set(times)].sort(),
    timeZone: zone,
    anchor: from ?? toWallClock(after, zone).slice(0, 10),
    after,
    lastAt: null,
  };
  if (end.kind === 'on') {
    const endOfDay = Date.parse(fromWallClock(`${dayText(dayNumber(end.day) + 1)}T00:00`, zone) ?? after) - 1;
    return { ...open, lastAt: new Date(endOfDay).toISOString() };
  }
  if (end.kind === 'after') {
    const last = nextOccurrences(open, given.now, end.occurrences).at(-1);
    return { ...open, lastAt: last?.toISOString() ?? after };
  }
  return open;
}

/** The shortest time between two of the next occurrences; null when there are not two. */
export function shortestGapMs(plan: RecurrencePlan, after: Date): number | null {
  const times = nextOccurrences(plan, after, 10).map((at) => at.getTime());
  const gaps = times.slice(1).map((at, index) => at - (times[index] ?? at));
  return gaps.length > 0 ? Math.min(...gaps) : null;
}
