import { z } from 'zod';

const QUARTER_MS = 900_000;
/** Hours on a single weekday come round within a week, later where the clock skips them. */
const LOOK_AHEAD_MS = 15 * 86_400_000;

const quarter = z
  .string()
  .regex(/^(?:(?:[01]\d|2[0-3]):(?:00|15|30|45)|24:00)$/, 'Give the hour and a quarter of it, such as 09:00 or 17:30.');

/** The days and hours, by a clock on the wall, in which messages of a channel may leave. */
export const sendHoursSchema = z
  .object({
    /** ISO weekdays: 1 is Monday, 7 is Sunday. */
    days: z.array(z.int().min(1).max(7)).min(1, 'Choose a day.').max(7),
    from: quarter,
    /** The first moment that is too late; `24:00` is the end of the day. */
    until: quarter,
    /** Whose clock: the contact's own, as far as it is known, or the workspace's. */
    whose: z.enum(['contact', 'workspace']).default('contact'),
  })
  .refine(({ from, until }) => from < until, { path: ['until'], message: 'Must be later than the beginning.' });
export type SendHours = z.infer<typeof sendHoursSchema>;

export type HoursChannel = 'email' | 'sms';

/** What a workspace keeps to unless a campaign says otherwise; a channel that is left out has no hours. */
export const workspaceHoursSchema = z.strictObject({
  email: sendHoursSchema.optional(),
  sms: sendHoursSchema.optional(),
});
export type WorkspaceHours = z.infer<typeof workspaceHoursSchema>;

const choice = z.union([z.literal('any'), sendHoursSchema]);
/** What a campaign keeps to: hours of its own, `any` for none at all, and the workspace's where a channel is left out. */
export const campaignHoursSchema = z.object({ email: choice.optional(), sms: choice.optional() });
export type CampaignHours = z.infer<typeof campaignHoursSchema>;

export const EVERY_DAY = [1, 2, 3, 4, 5, 6, 7];
/** What is offered: marketing by text at night is forbidden in many countries, and welcome in none. */
export const USUAL_HOURS: Readonly<Record<HoursChannel, SendHours>> = {
  email: { days: EVERY_DAY, from: '08:00', until: '20:00', whose: 'contact' },
  sms: { days: EVERY_DAY, from: '09:00', until: '21:00', whose: 'contact' },
};

/** The hours a channel keeps to once the workspace's are filled in; null for none. */
export function hoursOf(
  channel: HoursChannel,
  own: CampaignHours | undefined,
  workspace: WorkspaceHours | undefined,
): SendHours | null {
  const chosen = own?.[channel] ?? workspace?.[channel] ?? 'any';
  return chosen === 'any' ? null : chosen;
}

/** A campaign's hours with the workspace's in the places it left out, so that a later change of those changes nothing. */
export function settledHours(
  own: CampaignHours | undefined,
  workspace: WorkspaceHours | undefined,
): CampaignHours | undefined {
  const email = own?.email ?? workspace?.email;
  const sms = own?.sms ?? workspace?.sms;
  return email || sms ? { ...(email && { email }), ...(sms && { sms }) } : undefined;
}

/** Whether hours let something go that others would hold back. */
export function isWider(hours: SendHours | null, than: SendHours | null): boolean {
  if (!than) return false;
  if (!hours) return true;
  return (
    hours.from < than.from ||
    hours.until > than.until ||
    hours.whose !== than.whose ||
    hours.days.some((day) => !than.days.includes(day))
  );
}

const clocks = new Map<string, Intl.DateTimeFormat>();

function clockOf(zone: string): Intl.DateTimeFormat {
  const known = clocks.get(zone);
  if (known) return known;
  const made = new Intl.DateTimeFormat('en-US', {
    timeZone: zone,
    hourCycle: 'h23',
    weekday: 'short',
    hour: '2-digit',
    minute: '2-digit',
  });
  clocks.set(zone, made);
  return made;
}

const WEEKDAYS = ['Mon', 'Tue', 'Wed', 'Thu', 'Fri', 'Sat', 'Sun'];

/** Whether a clock of the zone shows one of the hours: what it shows decides, also where it is put forward or back. */
function isShown(hours: SendHours, zone: string, atMs: number): boolean {
  // “Mon 09:15” whatever punctuation a version of ICU puts between
  const shown = clockOf(zone).format(atMs);
  const time = shown.slice(-5);
  return hours.days.includes(WEEKDAYS.indexOf(shown.slice(0, 3)) + 1) && time >= hours.from && time < hours.until;
}

export interface HoursState {
  isOpen: boolean;
  /** The first moment at which it is no longer so. */
  untilMs: number;
}

function scan(hours: SendHours, zones: readonly string[], atMs: number): HoursState | null {
  const openAt = (ms: number) => zones.every((zone) => isShown(hours, zone, ms));
  const isOpen = openAt(atMs);
  // every zone there is differs from UTC by quarters of an hour, so nothing changes in between
  let untilMs = (Math.floor(atMs / QUARTER_MS) + 1) * QUARTER_MS;
  while (openAt(untilMs) === isOpen) {
    untilMs += QUARTER_MS;
    if (untilMs - atMs > LOOK_AHEAD_MS) return isOpen ? { isOpen, untilMs } : null;
  }
  return { isOpen, untilMs };
}

/**
 * Whether somebody may be written to, and until when that stays so. For somebody whose country has several zones it must
 * be allowed in all of them; where the hours are so short that it never is, the first zone decides.
 */
export function hoursAt(hours: SendHours, zones: readonly string[], atMs: number): HoursState {
  const state = scan(hours, zones, atMs) ?? scan(hours, zones.slice(0, 1), atMs);
  return state ?? { isOpen: false, untilMs: atMs + LOOK_AHEAD_MS };
}

/** The first moment from `atMs` on at which it is open. */
export function nextOpening(hours: SendHours | null, zones: readonly string[], atMs: number): number {
  if (!hours) return atMs;
  const state = hoursAt(hours, zones, atMs);
  return state.isOpen ? atMs : state.untilMs;
}

/** When work of so many milliseconds is done that rests while it is closed. */
export function endOfWork(hours: SendHours | null, zones: readonly string[], fromMs: number, workMs: number): number {
  if (!hours) return fromMs + workMs;
  let atMs = nextOpening(hours, zones, fromMs);
  let left = workMs;
  // a plan of more than a year of nights is no plan: the rest is taken as it comes
  for (let turns = 0; turns < 400; turns++) {
    const { untilMs } = hoursAt(hours, zones, atMs);
    if (left <= untilMs - atMs) return atMs + left;
    left -= untilMs - atMs;
    atMs = nextOpening(hours, zones, untilMs);
  }
  return atMs + left;
}

const DAY_NAMES = ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'];

function dayWords(days: readonly number[]): string {
  const sorted = [...new Set(days)].sort();
  const key = sorted.join('');
  if (key === '1234567') return 'every day';
  if (key === '12345') return 'Monday to Friday';
  if (key === '123456') return 'Monday to Saturday';
  if (key === '67') return 'Saturday and Sunday';
  const names = sorted.map((day) => DAY_NAMES[day - 1]);
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} and ${names.at(-1)}` : `${names[0]}`;
}

/** “every day from 09:00 to 21:00 where the customer is”, to stand in a sentence. */
export function hoursWords({ days, from, until, whose }: SendHours): string {
  return `${dayWords(days)} from ${from} to ${until}${whose === 'contact' ? ' where the customer is' : ''}`;
}
