const UNITS = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
] as const;

/** `3 minutes ago`, `in 2 days`; `just now` or `now` within a minute, for the clock of a page is a little behind. */
export function relativeTime(atMs: number, nowMs: number, locale = 'en'): string {
  const seconds = (atMs - nowMs) / 1000;
  const format = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' });
  for (const [unit, size] of UNITS) {
    if (Math.abs(seconds) >= size) return format.format(Math.trunc(seconds / size), unit);
  }
  return seconds > 0 ? 'now' : 'just now';
}

/** `21 Nov 2026, 10:04`, with seconds and zone when asked. */
export function exactTime(atMs: number, timeZone: string, locale = 'en', precise = false): string {
  return new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    ...(precise ? { second: '2-digit', timeZoneName: 'short' } : {}),
    timeZone,
  }).format(atMs);
}

/** `GMT+8`, `UTC`: what a zone is called at that moment. */
export function zoneName(atMs: number, timeZone: string, locale = 'en'): string {
  const parts = new Intl.DateTimeFormat(locale === 'en' ? 'en-GB' : locale, { timeZone, timeZoneName: 'short' });
  return parts.formatToParts(atMs).find(({ type }) => type === 'timeZoneName')?.value ?? timeZone;
}

/** `1 h 04 min`, `3 min 20 s`, `45 s`. */
export function duration(ms: number): string {
  const seconds = Math.max(0, Math.round(ms / 1000));
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.floor(seconds / 60);
  if (minutes < 60) return `${minutes} min${minutes < 10 && seconds % 60 ? ` ${seconds % 60} s` : ''}`;
  const hours = Math.floor(minutes / 60);
  if (hours < 48) return `${hours} h ${String(minutes % 60).padStart(2, '0')} min`;
  return `${Math.floor(hours / 24)} d ${hours % 24} h`;
}
