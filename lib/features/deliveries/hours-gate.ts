import { databaseNow } from '@/lib/db/clock';
import { zonesFor } from '@/lib/domain/phone-zones';
import { type HoursChannel, type HoursState, hoursAt, hoursOf, type SendHours } from '@/lib/domain/send-hours';
import type { QueuingRun } from '@/lib/features/runs/load-run';

interface Addressee {
  phone: string | null;
  snapshot: Record<string, unknown>;
}

/** What was found out about hours in a place holds until they change there: for every batch of every run. */
const found = new Map<string, HoursState & { fromMs: number }>();
const MOST_KEPT = 5_000;

function stateIn(hours: SendHours, zones: readonly string[], nowMs: number): HoursState {
  const key = `${hours.days.join('')} ${hours.from} ${hours.until} ${zones.join(' ')}`;
  const known = found.get(key);
  if (known && nowMs >= known.fromMs && nowMs < known.untilMs) return known;
  if (found.size >= MOST_KEPT) found.clear();
  const state = { ...hoursAt(hours, zones, nowMs), fromMs: nowMs };
  found.set(key, state);
  return state;
}

/** Tells who may be written to now, each by the clock that decides about them, at the database's time. */
export class HoursGate {
  constructor(
    private readonly hours: SendHours,
    private readonly workspaceZone: string,
    /** When the messages of the run expire: nobody waits longer than until then. */
    private readonly lastMs: number,
  ) {}

  private stateOf({ phone, snapshot }: Addressee, nowMs: number): HoursState {
    const zones = zonesFor(this.hours, { timeZone: snapshot.time_zone, phone }, this.workspaceZone);
    return stateIn(this.hours, zones, nowMs);
  }

  /** One clock decides about everybody. */
  get isSameForAll(): boolean {
    return this.hours.whose === 'workspace';
  }

  /** Until when somebody has to wait; null for who may be written to now. */
  closedUntil(addressee: Addressee): Date | null {
    const { isOpen, untilMs } = this.stateOf(addressee, databaseNow().getTime());
    return isOpen ? null : new Date(Math.min(untilMs, this.lastMs));
  }

  /** The first moment at which one of them may not be written to any more. */
  closesAt(addressees: readonly Addressee[]): Date {
    const nowMs = databaseNow().getTime();
    const closes = addressees.map((one) => {
      const { isOpen, untilMs } = this.stateOf(one, nowMs);
      return isOpen ? untilMs : nowMs;
    });
    return new Date(Math.min(...closes));
  }
}

/** The hours of a run for a channel; null where it has none, which costs nothing. */
export function gateOf(run: QueuingRun, channel: HoursChannel): HoursGate | null {
  const { policy } = run.frozen;
  const hours = hoursOf(channel, policy.hours, undefined);
  if (!hours) return null;
  const { expireAfterMs } = policy;
  const lastMs = expireAfterMs === undefined ? Number.POSITIVE_INFINITY : run.startedAt.getTime() + expireAfterMs;
  return new HoursGate(hours, run.timeZone, lastMs);
}
