import { inngest } from '@/lib/jobs/client';
import { IMPORT_STARTED, RUN_CANCELLED, RUN_LAUNCHED, type RunEventData, wakeEvents } from '@/lib/jobs/events';

/** Tells the dispatcher that a run was launched or resumed; harmless to repeat. */
export async function sendRunLaunched(data: RunEventData): Promise<void> {
  await inngest().send({ name: RUN_LAUNCHED, data });
}

export async function sendRunWake(data: RunEventData): Promise<void> {
  await inngest().send(wakeEvents(data));
}

export async function sendRunCancelled(data: RunEventData): Promise<void> {
  await inngest().send({ name: RUN_CANCELLED, data });
}

export async function sendImportStarted(data: { workspaceId: string; importId: string }): Promise<void> {
  await inngest().send({ name: IMPORT_STARTED, data });
}
