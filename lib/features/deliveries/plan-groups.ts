import { BATCH_SIZE } from '@/lib/domain/batch';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { env } from '@/lib/env';
import { sharedAddresses } from '@/lib/features/deliveries/claim-addresses';
import type { ClaimedDelivery, OpenIntent } from '@/lib/features/deliveries/claim-batch';
import { conditionMisses } from '@/lib/features/deliveries/condition-misses';
import { doubtOf } from '@/lib/features/deliveries/doubt-abandoned';
import { holdForHours } from '@/lib/features/deliveries/hold-for-hours';
import type { HoursGate } from '@/lib/features/deliveries/hours-gate';
import type { Outcome } from '@/lib/features/deliveries/outcome';
import { putOff } from '@/lib/features/deliveries/put-off';
import type { SendJob } from '@/lib/features/deliveries/send-messages';

/** What one intent commits to; `replay` is the intent of a former holder that goes out again under its key. */
export interface Group {
  deliveries: ClaimedDelivery[];
  replay: OpenIntent | null;
}

export interface Plan {
  groups: Group[];
  /** What is decided without sending, and the open intents that are closed by it. */
  settled: { outcomes: Outcome[]; intentId: string | null }[];
}

/** Takes out whose address another contact's message reaches, or may still: the former are skipped, the latter come later. */
async function standBack(job: SendJob, fresh: Map<string, ClaimedDelivery>): Promise<Set<string>> {
  const { taken, undecided } = await sharedAddresses(job.batch, job.step.kind, [...fresh.values()]);
  const later = undecided.flatMap(({ deliveryId, until }) => (until ? [{ deliveryId, until }] : []));
  if (later.length > 0 && !(await putOff(job, later))) fresh.clear();
  for (const { deliveryId } of undecided) fresh.delete(deliveryId);
  return taken;
}

/**
 * Decides about intents a former holder left open, and puts who is to be written to now into groups. Whom the hours keep
 * back is put off first, so that conditions and shared addresses are decided when their turn comes.
 */
export async function planGroups(
  job: SendJob,
  mayReplay: (intent: OpenIntent, members: readonly ClaimedDelivery[]) => boolean,
  hours: HoursGate | null,
): Promise<Plan> {
  const fresh = new Map(job.loaded.deliveries.map((delivery) => [delivery.id, delivery]));
  const groups: Group[] = [];
  const settled: Plan['settled'] = [];
  // a planted bug, so that the crash test can show that it would be found
  const open = env().WAYBILL_PLANTED_BUG === 'forget_intents' ? [] : job.loaded.open;
  for (const intent of open) {
    const members = intent.deliveryIds.flatMap((id) => fresh.get(id) ?? []);
    for (const member of members) fresh.delete(member.id);
    if (mayReplay(intent, members) && members.length === intent.deliveryIds.length) {
      groups.push({ deliveries: members, replay: intent });
      continue;
    }
    settled.push({ outcomes: members.map((member) => doubtOf(member, intent)), intentId: intent.id });
  }
  if (hours) {
    const going = new Set(await holdForHours(job, hours, [...fresh.values()]));
    for (const delivery of [...fresh.values()]) if (!going.has(delivery)) fresh.delete(delivery.id);
  }
  const skip = (ids: Set<string>, reason: 'condition_not_met' | 'duplicate_address') => {
    const outcomes = [...fresh.values()].flatMap<Outcome>(({ id, contactId }) =>
      ids.has(id) ? [{ state: 'skipped', deliveryId: id, contactId, reason }] : [],
    );
    for (const { deliveryId } of outcomes) fresh.delete(deliveryId);
    if (outcomes.length > 0) settled.push({ outcomes, intentId: null });
  };
  skip(await conditionMisses(job.run, job.batch, job.step, [...fresh.values()]), 'condition_not_met');
  if (job.batch.wave !== RESENT_WAVE) {
    skip(await standBack(job, fresh), 'duplicate_address');
  }
  const slots = job.limits.map((limit) => Math.max(1, Math.floor(limit.maxPerSecond)));
  const size = Math.min(job.channel.capabilities.maxGroupSize, BATCH_SIZE, ...slots);
  const queued = [...fresh.values()];
  for (let i = 0; i < queued.length; i += size) groups.push({ deliveries: queued.slice(i, i + size), replay: null });
  return { groups, settled };
}
