import { describeError } from '@/lib/errors';
import { inngest } from '@/lib/jobs/client';
import { IMPORT_STARTED, RUN_CANCELLED, RUN_LAUNCHED, type RunEventData, wakeEvents } from '@/lib/jobs/events';

type Event = Parameters<ReturnType<typeof inngest>['send']>[0];

/**
 * Tells of something that is done and committed. Losing an event costs a minute, because the sweep finds the same work in
 * the ledger; so it is logged and never makes a caller believe that nothing happened.
 */
async function tell(events: Event): Promise<void> {
  try {
    await inngest().send(events);
  } catch (error) {
    console.error(JSON.stringify({ level: 'error', at: 'event', detail: describeError(error) }));
  }
}

/** Tells the dispatcher that a run was launched or resumed; harmless to repeat. */
export async function sendRunLaunched(data: RunEventData): Promise<void> {
  await tell({ name: RUN_LAUNCHED, data });
}

export async function sendRunWake(data: RunEventData): Promise<void> {
  await tell(wakeEvents(data));
}

export async function sendRunCancelled(data: RunEventData): Promise<void> {
  await tell({ name: RUN_CANCELLED, data });
}

export async function sendImportStarted(data: { workspaceId: string; importId: string }): Promise<void> {
  await tell({ name: IMPORT_STARTED, data });
}
