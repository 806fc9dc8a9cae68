import type { ClaimedDelivery } from '@/lib/features/deliveries/claim-batch';
import type { HoursGate } from '@/lib/features/deliveries/hours-gate';
import { putOff, putOffWhole } from '@/lib/features/deliveries/put-off';
import type { SendJob } from '@/lib/features/deliveries/send-messages';

/**
 * Has those wait who may not be written to yet, and answers the others; nobody, when the batch is no longer ours. A batch
 * of which nobody may be written to waits as it is, unless an intent of a former holder is still open in it.
 */
export async function holdForHours(
  job: SendJob,
  hours: HoursGate,
  fresh: readonly ClaimedDelivery[],
): Promise<ClaimedDelivery[]> {
  const later = fresh.flatMap((delivery) => {
    const until = hours.closedUntil(delivery);
    return until ? [{ deliveryId: delivery.id, until }] : [];
  });
  const [first] = later;
  if (!first) return [...fresh];
  const isWhole = later.length === job.loaded.deliveries.length && job.loaded.open.length === 0;
  const isOneMoment = later.every(({ until }) => until.getTime() === first.until.getTime());
  const isOurs =
    isWhole && isOneMoment
      ? await putOffWhole(job, later.length, first.until, hours.isSameForAll)
      : await putOff(job, later, 'hours');
  if (!isOurs) return [];
  const held = new Set(later.map(({ deliveryId }) => deliveryId));
  return fresh.filter(({ id }) => !held.has(id));
}
