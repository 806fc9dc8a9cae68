import { z } from 'zod';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { rerun, rerunSchema } from '@/lib/features/runs/rerun';
import { route } from '@/lib/http/route';
import { sendRunLaunched } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Start a new run of the same version: for new matches, for everybody, or from a later step on',
  permission: 'campaigns.launch',
  params: z.object({ runId: z.string() }),
  body: rerunSchema.omit({ runId: true }),
  sample: { kind: 'new_matches', requestKey: 'rerun-2026-02' },
  answer: z.object({ runId: z.string(), already: z.boolean() }),
  status: 202,
  handle: async ({ ctx, params, body }) => {
    await requireSandboxForTestKey(ctx, params);
    const started = await rerun(ctx, { ...params, ...body });
    if (!started.already) await sendRunLaunched({ workspaceId: ctx.workspaceId, runId: started.runId });
    return started;
  },
});
