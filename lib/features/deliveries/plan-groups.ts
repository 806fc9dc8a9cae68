import { BATCH_SIZE } from '@/lib/domain/batch';
import { RESENT_WAVE } from '@/lib/domain/delivery';
import { env } from '@/lib/env';
import { takenAddresses } from '@/lib/features/deliveries/claim-addresses';
import type { ClaimedDelivery, OpenIntent } from '@/lib/features/deliveries/claim-batch';
import { conditionMisses } from '@/lib/features/deliveries/condition-misses';
import { doubtOf } from '@/lib/features/deliveries/doubt-abandoned';
import { holdForHours } from '@/lib/features/deliveries/hold-for-hours';
import type { HoursGate } from '@/lib/features/deliveries/hours-gate';
import type { Outcome } from '@/lib/features/deliveries/outcome';
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

/** Takes out whoever may not be written to yet; in which case what is left when the batch was lost is nobody. */
async function holdClosed(job: SendJob, hours: HoursGate, fresh: Map<string, ClaimedDelivery>): Promise<void> {
  const held = [...fresh.values()].flatMap((delivery) => {
    const until = hours.closedUntil(delivery);
    return until ? [{ delivery, until }] : [];
  });
  if (held.length === 0) return;
  const isWhole = held.length === job.loaded.deliveries.length && job.loaded.open.length === 0;
  const isOurs = await holdForHours(job.batch, job.worker, held, { isWhole, isSameForAll: hours.isSameForAll });
  if (!isOurs) fresh.clear();
  for (const { delivery } of held) fresh.delete(delivery.id);
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
  if (hours) await holdClosed(job, hours, fresh);
  const skip = (ids: Set<string>, reason: 'condition_not_met' | 'duplicate_address') => {
    const outcomes = [...fresh.values()].flatMap<Outcome>(({ id, contactId }) =>
      ids.has(id) ? [{ state: 'skipped', deliveryId: id, contactId, reason }] : [],
    );
    for (const { deliveryId } of outcomes) fresh.delete(deliveryId);
    if (outcomes.length > 0) settled.push({ outcomes, intentId: null });
  };
  skip(await conditionMisses(job.run, job.batch, job.step, [...fresh.values()]), 'condition_not_met');
  if (job.batch.wave !== RESENT_WAVE) {
    skip(await takenAddresses(job.batch, job.step.kind, [...fresh.values()]), 'duplicate_address');
  }
  const slots = job.limits.map((limit) => Math.max(1, Math.floor(limit.maxPerSecond)));
  const size = Math.min(job.channel.capabilities.maxGroupSize, BATCH_SIZE, ...slots);
  const queued = [...fresh.values()];
  for (let i = 0; i < queued.length; i += size) groups.push({ deliveries: queued.slice(i, i + size), replay: null });
  return { groups, settled };
}
