/** A round number at or above `max`, and the gridlines up to it. */
export function niceScale(max: number, lines = 4): { top: number; ticks: number[] } {
  if (!(max > 0)) return { top: 1, ticks: [0, 1] };
  const rough = max / lines;
  const power = 10 ** Math.floor(Math.log10(rough));
  const step = ([1, 2, 2.5, 5, 10].find((factor) => factor * power >= rough) ?? 10) * power;
  const whole = max <= lines ? Math.max(1, Math.ceil(step)) : step;
  const count = Math.ceil(max / whole);
  return { top: whole * count, ticks: Array.from({ length: count + 1 }, (_, index) => whole * index) };
}

const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const STEPS = [
  5 * SECOND,
  10 * SECOND,
  30 * SECOND,
  MINUTE,
  2 * MINUTE,
  5 * MINUTE,
  10 * MINUTE,
  15 * MINUTE,
  30 * MINUTE,
  HOUR,
  2 * HOUR,
  3 * HOUR,
  6 * HOUR,
  12 * HOUR,
  DAY,
  2 * DAY,
  7 * DAY,
  14 * DAY,
  30 * DAY,
  90 * DAY,
  365 * DAY,
];

export interface TimeTicks {
  stepMs: number;
  at: number[];
}

/** Round moments between two times, at most `count` of them. */
export function timeTicks(fromMs: number, toMs: number, count = 6): TimeTicks {
  const span = toMs - fromMs;
  const stepMs = STEPS.find((step) => span / step <= count) ?? 365 * DAY;
  const at: number[] = [];
  for (let tick = Math.ceil(fromMs / stepMs) * stepMs; tick <= toMs; tick += stepMs) at.push(tick);
  return { stepMs, at };
}

/** How a tick is written: the day when ticks are days apart, else the time, with seconds when they are closer. */
export function tickFormat(stepMs: number, timeZone: string, locale: string): Intl.DateTimeFormat {
  const words = locale === 'en' ? 'en-GB' : locale;
  if (stepMs >= DAY) return new Intl.DateTimeFormat(words, { day: 'numeric', month: 'short', timeZone });
  const seconds = stepMs < MINUTE ? ({ second: '2-digit' } as const) : {};
  return new Intl.DateTimeFormat(words, { hour: '2-digit', minute: '2-digit', ...seconds, timeZone });
}
