import { z } from 'zod';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { resumeRun } from '@/lib/features/runs/change-run';
import { route } from '@/lib/http/route';
import { sendRunLaunched, sendRunWake } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Let a paused run go on exactly where it stopped',
  permission: 'runs.control',
  params: z.object({ runId: z.string() }),
  status: 204,
  handle: async ({ ctx, params }) => {
    await requireSandboxForTestKey(ctx, params);
    await resumeRun(ctx, params.runId);
    const run = { workspaceId: ctx.workspaceId, ...params };
    await sendRunLaunched(run);
    await sendRunWake(run);
  },
});
