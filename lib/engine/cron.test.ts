import { expect, it } from 'vitest';
import { nextTick } from './cron';

const at = (text: string) => new Date(text);

it('is UTC unless a zone is given', () => {
  expect(nextTick('0 9 * * *', at('2026-03-01T08:59:59Z'))).toEqual(at('2026-03-01T09:00:00Z'));
  expect(nextTick('TZ=Europe/Berlin 0 9 * * *', at('2026-03-01T07:00:00Z'))).toEqual(at('2026-03-01T08:00:00Z'));
  expect(nextTick('CRON_TZ=Asia/Tokyo 0 9 * * *', at('2026-03-01T07:00:00Z'))).toEqual(at('2026-03-02T00:00:00Z'));
});

it('keeps the local hour over a change of daylight saving time', () => {
  const schedule = 'TZ=Europe/Berlin 0 9 * * *';
  expect(nextTick(schedule, at('2026-03-28T12:00:00Z'))).toEqual(at('2026-03-29T07:00:00Z'));
  expect(nextTick(schedule, at('2026-10-24T12:00:00Z'))).toEqual(at('2026-10-25T08:00:00Z'));
});

it('is strictly after the given moment', () => {
  expect(nextTick('* * * * *', at('2026-03-01T12:00:00Z'))).toEqual(at('2026-03-01T12:01:00Z'));
});

it('refuses seconds, nonsense and unknown zones', () => {
  expect(() => nextTick('* * * * * *', new Date())).toThrow(/five fields/);
  expect(() => nextTick('61 * * * *', new Date())).toThrow();
  expect(() => nextTick('TZ=Mars/Base 0 9 * * *', at('2026-03-01T00:00:00Z'))).toThrow();
});
