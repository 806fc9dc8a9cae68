import { z } from 'zod';

import { importSuppressions, importSuppressionsSchema } from '@/lib/features/suppressions/import-suppressions';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Add many addresses at once, as text or CSV; rows that are no address are named',
  permission: 'contacts.write',
  body: importSuppressionsSchema,
  example: { channel: 'email', text: 'a@example.com\nb@example.com' },
  answer: z.object({
    added: z.number(),
    known: z.number(),
    rejected: z.array(z.object({ row: z.number(), text: z.string(), message: z.string() })),
    rejectedCount: z.number(),
  }),
  handle: ({ ctx, body }) => importSuppressions(ctx, body),
});
