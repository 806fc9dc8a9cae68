'use server';

import { runOccurrenceNow, runOccurrenceNowSchema } from '@/lib/features/occurrences/run-occurrence-now';
import { skipOccurrence, skipOccurrenceSchema } from '@/lib/features/occurrences/skip-occurrence';
import { action } from '@/lib/http/action';
import { sendRunLaunched } from '@/lib/jobs/send-events';

export const skip = action(skipOccurrenceSchema, skipOccurrence);

export const runNow = action(runOccurrenceNowSchema, async (ctx, input) => {
  const started = await runOccurrenceNow(ctx, input);
  await sendRunLaunched({ workspaceId: ctx.workspaceId, runId: started.runId });
  return started;
});
