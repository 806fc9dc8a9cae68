/** What became of messages, as reports show it. Opened are the sum of its three kinds. */
export interface OutcomeCounts {
  accepted: number;
  delivered: number;
  hardBounced: number;
  softBounced: number;
  complained: number;
  openedByPeople: number;
  openedByMachines: number;
  openedUnknown: number;
  clicked: number;
  unsubscribed: number;
}

export const NO_OUTCOMES: OutcomeCounts = {
  accepted: 0,
  delivered: 0,
  hardBounced: 0,
  softBounced: 0,
  complained: 0,
  openedByPeople: 0,
  openedByMachines: 0,
  openedUnknown: 0,
  clicked: 0,
  unsubscribed: 0,
};

export function opened(counts: OutcomeCounts): number {
  return counts.openedByPeople + counts.openedByMachines + counts.openedUnknown;
}

export function bounced(counts: OutcomeCounts): number {
  return counts.hardBounced + counts.softBounced;
}

export function addOutcomes(...all: OutcomeCounts[]): OutcomeCounts {
  const sum = { ...NO_OUTCOMES };
  for (const counts of all) for (const key of Object.keys(sum) as (keyof OutcomeCounts)[]) sum[key] += counts[key];
  return sum;
}
