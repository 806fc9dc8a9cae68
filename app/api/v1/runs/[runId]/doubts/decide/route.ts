import { z } from 'zod';
import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { decideDoubt, decideDoubtSchema } from '@/lib/features/deliveries/decide-doubt';
import { route } from '@/lib/http/route';
import { sendRunWake } from '@/lib/jobs/send-events';

export const POST = route({
  summary: 'Decide about deliveries in doubt: treat them as sent, or send them again, which may reach somebody twice',
  permission: 'runs.control',
  params: z.object({ runId: z.string() }),
  body: decideDoubtSchema.omit({ runId: true }),
  sample: { deliveryIds: ['dlv_63l'], decision: 'treat_as_sent', reason: 'The provider has it in its log' },
  answer: z.object({ decided: z.number() }),
  handle: async ({ ctx, params, body }) => {
    if (body.decision === 'send_again') await requireSandboxForTestKey(ctx, params);
    const decided = await decideDoubt(ctx, { ...params, ...body });
    await sendRunWake({ workspaceId: ctx.workspaceId, ...params });
    return decided;
  },
});
