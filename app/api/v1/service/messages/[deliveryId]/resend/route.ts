import { z } from 'zod';
import { time } from '@/app/api/v1/answers/common';
import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { rebuildMessage } from '@/lib/features/service/rebuild-message';
import { resendMessage, resendMessageSchema } from '@/lib/features/service/resend-message';
import { route } from '@/lib/http/route';
import { sendRunWake } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Send one message again, to the address the first one went to, with a reason',
  permission: 'service.act',
  params: z.object({ deliveryId: z.string() }),
  body: resendMessageSchema.omit({ deliveryId: true }),
  sample: { reason: 'not_arrived', note: 'Called twice' },
  answer: z.object({
    deliveryId: z.string(),
    runId: z.string(),
    waits: z
      .object({ until: time, hours: z.string() })
      .nullable()
      .describe('Now is outside of the hours in which the customer may be written to: when it goes, and what they are'),
  }),
  status: 202,
  handle: async ({ ctx, params, body }) => {
    const { runId } = await rebuildMessage(ctx, params);
    await requireSandboxForTestKey(ctx, { runId });
    const made = await resendMessage(ctx, { ...body, ...params });
    await sendRunWake({ workspaceId: ctx.workspaceId, runId: made.runId });
    return made;
  },
});
