import type { Inngest } from 'inngest';
import { forgetChanges } from '@/lib/features/changes/forget-changes';
import { closeCancelledChunk } from '@/lib/features/deliveries/close-cancelled';
import { alarmStalledRuns } from '@/lib/features/health/alarm-stalled';
import { forgetAllExpired } from '@/lib/features/health/forget-expired';
import { findStalledImports } from '@/lib/features/imports/find-stalled-imports';
import { purgeUploads } from '@/lib/features/imports/purge-uploads';
import { alarmOverdueOccurrences } from '@/lib/features/occurrences/alarm-overdue';
import { startDueOccurrences } from '@/lib/features/occurrences/start-due-occurrences';
import { sweepRuns } from '@/lib/features/runs/sweep-runs';
import { IMPORT_STARTED, RUN_CANCELLED, RUN_LAUNCHED, type RunEventData, wakeEvents } from '@/lib/jobs/events';

/** Every minute: wakes whatever the ledger says should be running. */
export function sweep(inngest: Inngest) {
  return inngest.createFunction({ id: 'sweep', triggers: [{ cron: '* * * * *' }], retries: 1 }, async ({ step }) => {
    const found = await step.run('derive', sweepRuns);
    const imports = await step.run('imports', () => findStalledImports());
    const occurrences = await step.run('occurrences', () => startDueOccurrences());
    const alarms = await step.run('alarms', async () => (await alarmStalledRuns()) + (await alarmOverdueOccurrences()));
    const events = [
      ...[...found.launch, ...occurrences.started].map((data) => ({ name: RUN_LAUNCHED, data })),
      ...found.wake.flatMap((data) => wakeEvents(data)),
      ...found.close.map((data) => ({ name: RUN_CANCELLED, data })),
      ...imports.map((data) => ({ name: IMPORT_STARTED, data })),
    ];
    if (events.length > 0) await step.sendEvent('wake', events);
    return {
      launched: found.launch.length + occurrences.started.length,
      woken: found.wake.length,
      closing: found.close.length,
      alarms,
    };
  });
}

/** Every night: forgets what is kept only for a while. */
export function tidy(inngest: Inngest) {
  return inngest.createFunction({ id: 'tidy', triggers: [{ cron: '17 3 * * *' }], retries: 1 }, async ({ step }) => {
    const uploads = await step.run('uploads', () => purgeUploads());
    const changes = await step.run('changes', () => forgetChanges());
    const expired = await step.run('expired', () => forgetAllExpired());
    return { ...uploads, changes, expired };
  });
}

/** Writes a cancellation into every row of the run, a chunk at a time. */
export function closeCancelled(inngest: Inngest) {
  return inngest.createFunction(
    {
      id: 'close-cancelled',
      triggers: [{ event: RUN_CANCELLED }],
      concurrency: { key: 'event.data.runId', limit: 1 },
      retries: 5,
    },
    async ({ event, step }) => {
      const { workspaceId, runId } = event.data as RunEventData;
      // what stays held for longer is found by the sweep
      for (let i = 0; i < 500; i++) {
        const closing = await step.run(`close-${i}`, () => closeCancelledChunk(workspaceId, runId));
        if (closing === 'done' || (closing === 'held' && i > 20)) return;
        if (closing === 'held') await step.sleep(`until-given-back-${i}`, '2s');
      }
    },
  );
}
