import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { judgeAudience, medianOf } from './expectation';
import {
  nextOccurrences,
  planRecurrence,
  type RecurrencePlan,
  recurrenceSchema,
  shortestGapMs,
  WEEKDAYS,
} from './recurrence';
import { recurrenceWords } from './recurrence-words';
import { fromWallClock, toWallClock } from './zoned-time';

const ZONES = ['UTC', 'Asia/Singapore', 'Europe/Berlin', 'America/New_York', 'Australia/Lord_Howe', 'Africa/Cairo'];
const DAY_MS = 86_400_000;

const recurrence = (over: object) =>
  recurrenceSchema.parse({ kind: 'recurring', repeat: { unit: 'day' }, times: ['09:00'], ...over });
const planOf = (over: object, now = '2026-11-30T00:00:00Z', timeZone = 'UTC') =>
  planRecurrence(recurrence(over), { timeZone, now: new Date(now) });
const next = (plan: RecurrencePlan, n: number, after = plan.after) =>
  nextOccurrences(plan, new Date(after), n).map((at) => toWallClock(at.toISOString(), plan.timeZone));

describe('the occurrences of a recurrence', () => {
  it('are every so many days from the first one on', () => {
    const plan = planOf({ repeat: { unit: 'day', every: 3 }, from: '2026-12-01', times: ['18:00', '09:00'] });
    expect(next(plan, 3)).toEqual(['2026-12-01T09:00', '2026-12-01T18:00', '2026-12-04T09:00']);
    expect(next(plan, 2, '2026-12-02T00:00:00Z')).toEqual(['2026-12-04T09:00', '2026-12-04T18:00']);
  });

  it('are the chosen weekdays, every so many weeks', () => {
    const monday = planOf({ repeat: { unit: 'week', on: ['thursday', 'monday'] } });
    expect(next(monday, 3)).toEqual(['2026-11-30T09:00', '2026-12-03T09:00', '2026-12-07T09:00']);
    const second = planOf({ repeat: { unit: 'week', every: 2, on: ['sunday', 'monday'] }, from: '2026-12-02' });
    expect(next(second, 3)).toEqual(['2026-12-06T09:00', '2026-12-14T09:00', '2026-12-20T09:00']);
  });

  it('are the last day of a month that is too short', () => {
    const plan = planOf({ repeat: { unit: 'month', day: 31 }, from: '2027-12-31' });
    expect(next(plan, 4)).toEqual(['2027-12-31T09:00', '2028-01-31T09:00', '2028-02-29T09:00', '2028-03-31T09:00']);
    const last = planOf({ repeat: { unit: 'month', every: 3, day: 'last' }, from: '2026-11-01' });
    expect(next(last, 2)).toEqual(['2026-11-30T09:00', '2027-02-28T09:00']);
  });

  it('end on the last day, and after so many', () => {
    expect(next(planOf({ end: { kind: 'on', day: '2026-12-01' } }), 9)).toHaveLength(2);
    expect(next(planOf({ end: { kind: 'after', occurrences: 3 } }), 9)).toHaveLength(3);
    expect(next(planOf({ end: { kind: 'on', day: '2026-11-01' } }), 9)).toEqual([]);
  });

  it('are none while no weekday is chosen', () => {
    expect(next(planOf({ repeat: { unit: 'week', on: [] } }), 3)).toEqual([]);
  });

  it('happen after the gap that the clock leaves out, and once where it shows an hour twice', () => {
    const spring = planOf({ times: ['02:30'] }, '2027-03-27T12:00:00Z', 'Europe/Berlin');
    expect(next(spring, 2)).toEqual(['2027-03-28T03:30', '2027-03-29T02:30']);
    const autumn = planOf({ times: ['02:30'] }, '2027-10-30T12:00:00Z', 'Europe/Berlin');
    const moments = nextOccurrences(autumn, new Date(autumn.after), 2).map((at) => at.toISOString());
    expect(moments).toEqual(['2027-10-31T00:30:00.000Z', '2027-11-01T01:30:00.000Z']);
    // both are put to 03:00
    const both = planOf({ times: ['02:00', '03:00'] }, '2027-03-28T00:00:00Z', 'Europe/Berlin');
    expect(next(both, 2)).toEqual(['2027-03-28T03:00', '2027-03-29T02:00']);
  });

  it('keep a distance that can be told', () => {
    expect(shortestGapMs(planOf({}), new Date('2026-11-30'))).toBe(DAY_MS);
    expect(shortestGapMs(planOf({ end: { kind: 'after', occurrences: 1 } }), new Date('2026-11-30'))).toBeNull();
  });
});

const dates = fc
  .integer({ min: Date.UTC(2026, 0, 1), max: Date.UTC(2031, 0, 1) })
  .map((at) => new Date(at - (at % 60_000)));
const repeats = fc.oneof(
  fc.record({ unit: fc.constant('day'), every: fc.integer({ min: 1, max: 40 }) }),
  fc.record({
    unit: fc.constant('week'),
    every: fc.integer({ min: 1, max: 6 }),
    on: fc.uniqueArray(fc.constantFrom(...WEEKDAYS), { minLength: 1 }),
  }),
  fc.record({
    unit: fc.constant('month'),
    every: fc.integer({ min: 1, max: 14 }),
    day: fc.oneof(fc.integer({ min: 1, max: 31 }), fc.constant('last')),
  }),
);
const times = fc.uniqueArray(
  fc.tuple(fc.integer({ min: 0, max: 23 }), fc.constantFrom(0, 1, 15, 30, 59)).map(([hour, minute]) => {
    return `${String(hour).padStart(2, '0')}:${String(minute).padStart(2, '0')}`;
  }),
  { minLength: 1, maxLength: 4 },
);
const plans = fc
  .record({ repeat: repeats, times, zone: fc.constantFrom(...ZONES), now: dates })
  .map(({ repeat, times, zone, now }) => planRecurrence(recurrence({ repeat, times }), { timeZone: zone, now }));

/** The same rules, asked of every day on its own. */
function isOn({ repeat, anchor }: RecurrencePlan, day: string): boolean {
  const number = (text: string) => Date.parse(`${text}T00:00Z`) / DAY_MS;
  const weekday = (n: number) => (((n + 3) % 7) + 7) % 7;
  const [from, at] = [number(anchor), number(day)];
  if (at < from) return false;
  if (repeat.unit === 'day') return (at - from) % repeat.every === 0;
  if (repeat.unit === 'week') {
    const weeks = (at - weekday(at) - (from - weekday(from))) / 7;
    return weeks % repeat.every === 0 && repeat.on.includes(WEEKDAYS[weekday(at)] ?? 'monday');
  }
  const date = new Date(at * DAY_MS);
  const first = new Date(from * DAY_MS);
  const months = (date.getUTCFullYear() - first.getUTCFullYear()) * 12 + date.getUTCMonth() - first.getUTCMonth();
  const last = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + 1, 0)).getUTCDate();
  const wanted = repeat.day === 'last' ? last : Math.min(repeat.day, last);
  return months % repeat.every === 0 && date.getUTCDate() === wanted;
}

describe('whatever the rule, the zone and the moment', () => {
  it('occurrences come one after another, and the same whether asked for together or one by one', () => {
    fc.assert(
      fc.property(plans, dates, (plan, after) => {
        const together = nextOccurrences(plan, after, 6).map(Number);
        const single: number[] = [];
        for (let at = after; single.length < 6; ) {
          const [one] = nextOccurrences(plan, at, 1);
          if (!one) break;
          single.push(one.getTime());
          at = one;
        }
        expect(single).toEqual(together);
        expect([...new Set(together)].sort((a, b) => a - b)).toEqual(together);
        expect(together.every((at) => at > after.getTime() && at > Date.parse(plan.after))).toBe(true);
      }),
      { numRuns: 150 },
    );
  });

  it('every time of every day that the rule names happens exactly once, and nothing else does', () => {
    fc.assert(
      fc.property(plans, fc.integer({ min: 0, max: 700 }), (plan, aheadDays) => {
        const fromMs = Date.parse(plan.after) + aheadDays * DAY_MS;
        const untilMs = fromMs + 60 * DAY_MS;
        const expected = new Set<number>();
        for (let ms = fromMs - 3 * DAY_MS; ms < untilMs + 3 * DAY_MS; ms += DAY_MS) {
          const day = new Date(ms).toISOString().slice(0, 10);
          if (!isOn(plan, day)) continue;
          for (const time of plan.times) expected.add(Date.parse(fromWallClock(`${day}T${time}`, plan.timeZone) ?? ''));
        }
        const wanted = [...expected].filter((at) => at > fromMs && at <= untilMs).sort((a, b) => a - b);
        const found = nextOccurrences(plan, new Date(fromMs), 400).map(Number);
        expect(found.filter((at) => at <= untilMs)).toEqual(wanted);
      }),
      { numRuns: 150 },
    );
  });

  it('a number of occurrences is that many, and then there are none', () => {
    fc.assert(
      fc.property(
        repeats,
        times,
        fc.constantFrom(...ZONES),
        dates,
        fc.integer({ min: 1, max: 12 }),
        (repeat, at, timeZone, now, n) => {
          const plan = planRecurrence(recurrence({ repeat, times: at, end: { kind: 'after', occurrences: n } }), {
            timeZone,
            now,
          });
          expect(nextOccurrences(plan, now, 40)).toHaveLength(n);
        },
      ),
      { numRuns: 60 },
    );
  });
});

describe('a recurrence in words', () => {
  it.each([
    [
      { repeat: { unit: 'week', on: ['thursday', 'monday'] }, end: { kind: 'on', day: '2027-03-31' } },
      'Every Monday and Thursday at 09:00, Asia/Singapore, until 31 March 2027',
    ],
    [{ times: ['17:00', '09:00'] }, 'Every day at 09:00 and 17:00, Asia/Singapore'],
    [{ repeat: { unit: 'day', every: 2 } }, 'Every other day at 09:00, Asia/Singapore'],
    [
      { repeat: { unit: 'week', every: 2, on: ['friday'] }, timeZone: 'America/New_York' },
      'Every 2 weeks on Friday at 09:00, America/New York',
    ],
    [
      { repeat: { unit: 'week', on: ['monday', 'tuesday', 'wednesday', 'thursday', 'friday'] }, from: '2026-12-01' },
      'Every weekday at 09:00, Asia/Singapore, from 1 December 2026',
    ],
    [
      { repeat: { unit: 'month', day: 31 } },
      'On the 31st of every month (in a shorter one, its last day) at 09:00, Asia/Singapore',
    ],
    [
      { repeat: { unit: 'month', every: 3, day: 'last' }, end: { kind: 'after', occurrences: 4 } },
      'On the last day of every 3 months at 09:00, Asia/Singapore, 4 times',
    ],
  ])('%#', (over, words) => {
    expect(recurrenceWords(recurrence(over), 'Asia/Singapore')).toBe(words);
  });

  it('refuses what is no zone and no time', () => {
    const issues = (over: object) =>
      recurrenceSchema.safeParse({ kind: 'recurring', repeat: { unit: 'day' }, times: ['09:00'], ...over }).success;
    expect([
      issues({}),
      issues({ timeZone: 'Mars/Olympus' }),
      issues({ times: ['25:00'] }),
      issues({ times: [] }),
    ]).toEqual([true, false, false, false]);
  });
});

describe('an audience beside those before it', () => {
  const bounds = { volume: { least: 0.5, most: 2 } };
  it('is strange when it is empty, less than half, or more than double', () => {
    expect(judgeAudience(0, [], bounds)?.kind).toBe('empty');
    expect(judgeAudience(412, [1200, 1350, 1280], bounds)?.words).toBe(
      'Only 412 people are in the audience. The 3 occurrences before reached 1,280 in the middle (1,200 to 1,350). Fewer than 640 is unusual.',
    );
    expect(judgeAudience(3000, [1200, 1350, 1280], bounds)?.words).toContain('More than 2,560 is unusual.');
    expect(judgeAudience(640, [1200, 1350, 1280], bounds)).toBeNull();
    expect(judgeAudience(5, [1200, 1350], bounds)).toBeNull();
    expect(judgeAudience(5, [1200, 1350, 1280], { volume: null })).toBeNull();
    expect(medianOf([4, 1, 3, 2])).toBe(2.5);
  });
});
