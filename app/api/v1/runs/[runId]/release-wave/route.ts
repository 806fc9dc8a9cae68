import { z } from 'zod';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { releaseNextWave } from '@/lib/features/runs/change-run';
import { route } from '@/lib/http/route';
import { sendRunWake } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Let the next held wave go now',
  permission: 'runs.control',
  params: z.object({ runId: z.string() }),
  answer: z.object({ wave: z.number() }),
  handle: async ({ ctx, params }) => {
    await requireSandboxForTestKey(ctx, params);
    const released = await releaseNextWave(ctx, params.runId);
    await sendRunWake({ workspaceId: ctx.workspaceId, ...params });
    return released;
  },
});
