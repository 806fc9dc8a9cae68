import { z } from 'zod';

import { removeSuppression } from '@/lib/features/suppressions/remove-suppression';
import { route } from '@/lib/http/route';

export const DELETE = route({
  summary: 'Let an address be sent to again',
  permission: 'contacts.write',
  params: z.object({ suppressionId: z.string() }),
  query: z.object({ why: z.string().trim().min(1).max(500) }),
  status: 204,
  handle: async ({ ctx, params, query }) => {
    await removeSuppression(ctx, { id: params.suppressionId, ...query });
  },
});
