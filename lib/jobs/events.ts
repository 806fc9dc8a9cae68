/** The events our durable functions know. Losing one delays work until the next sweep; it never loses any. */
export interface RunEventData {
  workspaceId: string;
  runId: string;
}

export const RUN_LAUNCHED = 'run/launched';
export const RUN_WAKE = 'run/wake';
export const RUN_CANCELLED = 'run/cancelled';
export const IMPORT_STARTED = 'import/started';

/** Parallel senders of one run; each leases other batches, so rendering, wire and ledger overlap. */
export const SEND_LANES = 2;

export function wakeEvents(data: RunEventData) {
  return Array.from({ length: SEND_LANES }, (_, lane) => ({ name: RUN_WAKE, data: { ...data, lane } }));
}
