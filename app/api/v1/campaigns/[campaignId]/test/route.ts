import { z } from 'zod';
import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { sendTest, sendTestSchema } from '@/lib/features/campaigns/send-test';
import { route } from '@/lib/http/route';

const outcome = z.object({
  to: z.string(),
  outcome: z.enum(['accepted', 'rejected', 'unknown']),
  text: z.string().describe('What the provider said'),
});

export const POST = route({
  summary: 'Send one step of the saved draft to your own people, marked as a test and outside every statistic',
  permission: 'campaigns.write',
  params: z.object({ campaignId: z.string() }),
  body: sendTestSchema.omit({ campaignId: true }),
  sample: { stepId: 'email', to: ['ada@example.com'] },
  answer: z.object({ items: z.array(outcome) }),
  handle: async ({ ctx, params, body }) => {
    await requireSandboxForTestKey(ctx, params);
    return { items: await sendTest(ctx, { ...body, ...params }) };
  },
});
