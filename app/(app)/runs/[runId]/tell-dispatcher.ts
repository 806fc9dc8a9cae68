import { describeError } from '@/lib/errors';

/**
 * Sends events about something that is done and committed. Losing one costs a minute, because the sweep finds the same work
 * in the ledger; so it is logged and never makes a button say that nothing happened.
 */
export async function tellDispatcher(...sends: Promise<void>[]): Promise<void> {
  for (const outcome of await Promise.allSettled(sends)) {
    if (outcome.status === 'fulfilled') continue;
    console.error(JSON.stringify({ level: 'error', at: 'run event', detail: describeError(outcome.reason) }));
  }
}
