import { z } from 'zod';

import { requireSandboxForTestKey } from '@/lib/features/api-keys/require-sandbox';
import { skipOccurrence, skipOccurrenceSchema } from '@/lib/features/occurrences/skip-occurrence';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Leave one coming occurrence out, or take that back with “skip”: false',
  permission: 'campaigns.launch',
  params: z.object({ campaignId: z.string() }),
  body: skipOccurrenceSchema.omit({ campaignId: true }),
  sample: { plannedAt: '2026-12-07T01:00:00.000Z', skip: true },
  status: 204,
  handle: async ({ ctx, params, body }) => {
    await requireSandboxForTestKey(ctx, { recurringId: params.campaignId });
    await skipOccurrence(ctx, { ...params, ...body });
  },
});
