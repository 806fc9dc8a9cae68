const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format costs more than using it a hundred times. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    hourCycle: 'h23',
    year: 'numeric',
    month: '2-digit',
    day: '2-digit',
    hour: '2-digit',
    minute: '2-digit',
  });
  formats.set(timeZone, made);
  return made;
}

function wallClock(atMs: number, timeZone: string): string {
  const parts = formatOf(timeZone).formatToParts(atMs);
  const of = (type: string) => parts.find((part) => part.type === type)?.value ?? '';
  return `${of('year')}-${of('month')}-${of('day')}T${of('hour')}:${of('minute')}`;
}

/** Whether this runtime knows a zone by this name of the IANA database. */
export function isTimeZone(name: string): boolean {
  try {
    formatOf(name);
    return true;
  } catch {
    return false;
  }
}

/** A moment as a `datetime-local` input writes it, by the clock of `timeZone`. */
export function toWallClock(iso: string, timeZone: string): string {
  const atMs = Date.parse(iso);
  return Number.isNaN(atMs) ? '' : wallClock(atMs, timeZone);
}

/**
 * The moment at which the clock of `timeZone` shows `local` (`2026-11-21T09:00`), as ISO; null if it is not a time. A
 * time that the clock skips in spring is read as the moment just as long after the change; one that it shows twice in
 * autumn is the earlier.
 */
export function fromWallClock(local: string, timeZone: string): string | null {
  if (!/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}$/.test(local)) return null;
  const asUtc = Date.parse(`${local}:00Z`);
  if (Number.isNaN(asUtc)) return null;
  const offsetAt = (atMs: number) => Date.parse(`${wallClock(atMs, timeZone)}:00Z`) - atMs;
  const before = asUtc - offsetAt(asUtc - 86_400_000);
  const after = asUtc - offsetAt(asUtc + 86_400_000);
  const exact = [before, after].filter((atMs) => wallClock(atMs, timeZone) === local);
  return new Date(exact.length > 0 ? Math.min(...exact) : before).toISOString();
}

/** The hour of the day, 0 to 23, by the clock of `timeZone`. */
export function hourAt(atMs: number, timeZone: string): number {
  return Number(wallClock(atMs, timeZone).slice(11, 13));
}
