import { describe, expect, it } from 'vitest';
import { ZONES_BY_PREFIX, zonesFor, zonesOfPhone } from './phone-zones';
import {
  EVERY_DAY,
  endOfWork,
  hoursAt,
  hoursOf,
  hoursWords,
  isWider,
  nextOpening,
  type SendHours,
  sendHoursSchema,
  settledHours,
  USUAL_HOURS,
} from './send-hours';

const day = (over: Partial<SendHours> = {}): SendHours => ({
  days: EVERY_DAY,
  from: '09:00',
  until: '21:00',
  whose: 'contact',
  ...over,
});
const at = (iso: string) => Date.parse(iso);
const opening = (hours: SendHours, zones: string[], iso: string) =>
  new Date(nextOpening(hours, zones, at(iso))).toISOString();

describe('hours', () => {
  it('open and close by the clock of the zone, to the second', () => {
    const state = (iso: string) => {
      const { isOpen, untilMs } = hoursAt(day(), ['Asia/Singapore'], at(iso));
      return [isOpen, new Date(untilMs).toISOString()];
    };
    expect(state('2026-11-20T00:59:59Z')).toEqual([false, '2026-11-20T01:00:00.000Z']);
    expect(state('2026-11-20T01:00:00Z')).toEqual([true, '2026-11-20T13:00:00.000Z']);
    expect(state('2026-11-20T12:59:59.999Z')).toEqual([true, '2026-11-20T13:00:00.000Z']);
    expect(state('2026-11-20T13:00:00Z')).toEqual([false, '2026-11-21T01:00:00.000Z']);
  });

  it('keep to weekdays of that place, whatever day it is elsewhere', () => {
    const workdays = day({ days: [1, 2, 3, 4, 5], from: '08:30', until: '17:15' });
    // a Friday evening in London is a Saturday in Auckland
    expect(opening(workdays, ['Pacific/Auckland'], '2026-11-20T18:00:00Z')).toBe('2026-11-22T19:30:00.000Z');
    expect(opening(workdays, ['Europe/London'], '2026-11-20T18:00:00Z')).toBe('2026-11-23T08:30:00.000Z');
  });

  it.each([
    ['Asia/Kathmandu', '2026-11-20T03:15:00.000Z'],
    ['Asia/Kolkata', '2026-11-20T03:30:00.000Z'],
    ['America/St_Johns', '2026-11-20T12:30:00.000Z'],
  ])('open on the minute where the zone is no whole hour: %s', (zone, moment) => {
    expect(opening(day(), [zone], '2026-11-20T02:00:00Z')).toBe(moment);
  });

  it('follow a clock that is put forward', () => {
    // New York skips 02:00 to 03:00 on 14 March 2027
    expect(opening(day(), ['America/New_York'], '2027-03-14T04:00:00Z')).toBe('2027-03-14T13:00:00.000Z');
    expect(opening(day(), ['America/New_York'], '2027-03-13T04:00:00Z')).toBe('2027-03-13T14:00:00.000Z');
    const skipped = day({ from: '02:00', until: '03:00' });
    expect(opening(skipped, ['America/New_York'], '2027-03-14T04:00:00Z')).toBe('2027-03-15T06:00:00.000Z');
    const half = day({ from: '02:30', until: '04:00' });
    // the first moment that a clock shows: 03:00
    expect(opening(half, ['America/New_York'], '2027-03-14T04:00:00Z')).toBe('2027-03-14T07:00:00.000Z');
    const sundays = day({ days: [7], from: '02:00', until: '03:00' });
    expect(opening(sundays, ['America/New_York'], '2027-03-14T04:00:00Z')).toBe('2027-03-21T06:00:00.000Z');
  });

  it('follow a clock that is put back', () => {
    // New York shows 01:00 to 02:00 twice on 7 November 2027
    expect(opening(day(), ['America/New_York'], '2027-11-07T04:00:00Z')).toBe('2027-11-07T14:00:00.000Z');
    const night = day({ from: '00:00', until: '01:30' });
    const closes = hoursAt(night, ['America/New_York'], at('2027-11-07T04:15:00Z')).untilMs;
    expect(new Date(closes).toISOString()).toBe('2027-11-07T05:30:00.000Z');
    // the second 01:00 is within the hours again: what the clock shows decides
    expect(opening(night, ['America/New_York'], '2027-11-07T05:30:00Z')).toBe('2027-11-07T06:00:00.000Z');
  });

  it('hold somebody back who may be in one of several zones until it is allowed in each', () => {
    const zones = ['America/New_York', 'America/Los_Angeles'];
    expect(opening(day(), zones, '2026-11-20T10:00:00Z')).toBe('2026-11-20T17:00:00.000Z');
    const { untilMs } = hoursAt(day(), zones, at('2026-11-20T17:00:00Z'));
    expect(new Date(untilMs).toISOString()).toBe('2026-11-21T02:00:00.000Z');
    // so short that it is never so in both: where most people live
    expect(opening(day({ from: '09:00', until: '10:00' }), zones, '2026-11-20T10:00:00Z')).toBe(
      '2026-11-20T14:00:00.000Z',
    );
  });

  it('that never close are open', () => {
    expect(hoursAt(day({ from: '00:00', until: '24:00' }), ['UTC'], at('2026-11-20T10:00:00Z')).isOpen).toBe(true);
  });

  it('are refused when they make no sense', () => {
    const fails = (hours: unknown) => !sendHoursSchema.safeParse(hours).success;
    expect(fails({ ...day(), from: '21:00', until: '09:00' })).toBe(true);
    expect(fails({ ...day(), from: '09:10' })).toBe(true);
    expect(fails({ ...day(), days: [] })).toBe(true);
    expect(fails({ ...day(), days: [0] })).toBe(true);
    expect(fails({ ...day(), from: '24:00', until: '24:00' })).toBe(true);
    expect(fails(USUAL_HOURS.sms)).toBe(false);
  });
});

describe('hours of a campaign', () => {
  const workspace = { sms: day() };

  it('are the workspace’s unless it has its own, or wants none', () => {
    expect(hoursOf('sms', undefined, workspace)).toEqual(day());
    expect(hoursOf('sms', { sms: 'any' }, workspace)).toBeNull();
    expect(hoursOf('email', undefined, workspace)).toBeNull();
    expect(hoursOf('sms', { sms: day({ from: '10:00' }) }, workspace)?.from).toBe('10:00');
  });

  it('are settled once, so that a later change of the workspace changes nothing', () => {
    expect(settledHours(undefined, workspace)).toEqual({ sms: day() });
    expect(settledHours({ email: 'any' }, workspace)).toEqual({ email: 'any', sms: day() });
    expect(settledHours(undefined, undefined)).toBeUndefined();
  });

  it('are told apart as narrower and wider', () => {
    expect(isWider(day({ from: '10:00', until: '20:00' }), day())).toBe(false);
    expect(isWider(day({ from: '08:45' }), day())).toBe(true);
    expect(isWider(day(), day({ days: [1, 2, 3] }))).toBe(true);
    expect(isWider(day({ whose: 'workspace' }), day())).toBe(true);
    expect(isWider(null, day())).toBe(true);
    expect(isWider(null, null)).toBe(false);
  });

  it('are said in words', () => {
    expect(hoursWords(day())).toBe('every day from 09:00 to 21:00 where the customer is');
    expect(hoursWords(day({ days: [5, 1, 3], whose: 'workspace' }))).toBe(
      'Monday, Wednesday and Friday from 09:00 to 21:00',
    );
  });
});

describe('work that rests while it is closed', () => {
  const utc = (iso: string, hours: number) =>
    new Date(endOfWork(day(), ['UTC'], at(iso), hours * 3_600_000)).toISOString();

  it('ends the same day, or as many days later as it takes', () => {
    expect(utc('2026-11-20T06:00:00Z', 2)).toBe('2026-11-20T11:00:00.000Z');
    expect(utc('2026-11-20T20:00:00Z', 2)).toBe('2026-11-21T10:00:00.000Z');
    expect(utc('2026-11-20T09:00:00Z', 30)).toBe('2026-11-22T15:00:00.000Z');
    expect(endOfWork(null, ['UTC'], 5, 7)).toBe(12);
  });
});

describe('where somebody is', () => {
  it('every zone of the table is one that clocks know', () => {
    const unknown = [...ZONES_BY_PREFIX.values()].flat().filter((zone) => {
      try {
        return !new Intl.DateTimeFormat('en', { timeZone: zone });
      } catch {
        return true;
      }
    });
    expect(unknown).toEqual([]);
  });

  it('is told by the beginning of the number, the longest that is known', () => {
    expect(zonesOfPhone('+6591234567')).toEqual(['Asia/Singapore']);
    expect(zonesOfPhone('+18085551234')).toEqual(['Pacific/Honolulu']);
    expect(zonesOfPhone('+12125551234')).toEqual(['America/New_York', 'America/Los_Angeles']);
    expect(zonesOfPhone('+77011234567')).toEqual(['Asia/Almaty']);
    expect(zonesOfPhone('+999123')).toBeNull();
    expect(zonesOfPhone('91234567')).toBeNull();
  });

  it('is their own zone, else their number’s, else the workspace’s', () => {
    const zones = (timeZone: unknown, phone: string | null, whose: SendHours['whose'] = 'contact') =>
      zonesFor({ whose }, { timeZone, phone }, 'UTC');
    expect(zones('Europe/Paris', '+6591234567')).toEqual(['Europe/Paris']);
    expect(zones('Nowhere/Land', '+6591234567')).toEqual(['Asia/Singapore']);
    expect(zones(undefined, '+6591234567')).toEqual(['Asia/Singapore']);
    expect(zones(undefined, null)).toEqual(['UTC']);
    expect(zones('Europe/Paris', '+6591234567', 'workspace')).toEqual(['UTC']);
  });
});
