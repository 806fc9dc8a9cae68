'use server';

import { z } from 'zod';
import type { Ctx } from '@/lib/context';
import { decideDoubt, decideDoubtSchema } from '@/lib/features/deliveries/decide-doubt';
import { cancelRun } from '@/lib/features/runs/cancel-run';
import { pauseRun, releaseNextWave, resumeRun, setRunRate } from '@/lib/features/runs/change-run';
import { rerun, rerunSchema } from '@/lib/features/runs/rerun';
import { retryFailed, retryFailedSchema } from '@/lib/features/runs/retry-failed';
import { action } from '@/lib/http/action';
import { sendRunCancelled, sendRunLaunched, sendRunWake } from '@/lib/jobs/send-events';
import { tellDispatcher } from './tell-dispatcher';

const idSchema = z.object({ runId: z.string() });
const refOf = (ctx: Ctx, runId: string) => ({ workspaceId: ctx.workspaceId, runId });

export const pause = action(idSchema, (ctx, { runId }) => pauseRun(ctx, runId));

export const resume = action(idSchema, async (ctx, { runId }) => {
  await resumeRun(ctx, runId);
  // a run that was paused while queuing goes on queuing; each event does nothing where the other one is meant
  await tellDispatcher(sendRunLaunched(refOf(ctx, runId)), sendRunWake(refOf(ctx, runId)));
});

export const cancel = action(idSchema, async (ctx, { runId }) => {
  await cancelRun(ctx, runId);
  await tellDispatcher(sendRunCancelled(refOf(ctx, runId)));
});

export const setRate = action(
  z.object({ runId: z.string(), maxPerSecond: z.number().nullable() }),
  (ctx, { runId, maxPerSecond }) => setRunRate(ctx, runId, maxPerSecond),
);

export const releaseWave = action(idSchema, async (ctx, { runId }) => {
  const released = await releaseNextWave(ctx, runId);
  await tellDispatcher(sendRunWake(refOf(ctx, runId)));
  return released;
});

export const retry = action(retryFailedSchema, async (ctx, input) => {
  const retried = await retryFailed(ctx, input);
  await tellDispatcher(sendRunWake(refOf(ctx, input.runId)));
  return retried;
});

export const decide = action(decideDoubtSchema, async (ctx, input) => {
  const decided = await decideDoubt(ctx, input);
  await tellDispatcher(sendRunWake(refOf(ctx, input.runId)));
  return decided;
});

export const startRerun = action(rerunSchema, async (ctx, input) => {
  const started = await rerun(ctx, input);
  await tellDispatcher(sendRunLaunched(refOf(ctx, started.runId)));
  return started;
});
