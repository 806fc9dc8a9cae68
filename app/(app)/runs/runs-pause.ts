import { isTerminal, type RunStatus } from '@/lib/domain/run';

const LIVE_MS = 2_000;
const QUIET_MS = 15_000;

/** How long the numbers of these runs may stand before they are asked for again; false when none of them can change. */
export function runsPauseMs(statuses: RunStatus[]): number | false {
  if (statuses.some((status) => status === 'queuing' || status === 'sending')) return LIVE_MS;
  return statuses.some((status) => !isTerminal(status)) ? QUIET_MS : false;
}
