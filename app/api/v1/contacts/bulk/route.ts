import { z } from 'zod';

import { upsertContacts, upsertContactsSchema } from '@/lib/features/contacts/upsert-contacts';
import { route } from '@/lib/http/route';

const results = z.enum(['created', 'updated', 'unchanged', 'rejected']);

export const POST = route({
  summary: 'Create or change up to 1,000 contacts; rows that cannot be taken are named, the others are written',
  permission: 'contacts.write',
  body: upsertContactsSchema,
  example: {
    matchBy: 'email',
    contacts: [{ email: 'raj@example.com', firstName: 'Raj' }, { email: 'siti@example.com' }],
  },
  answer: z.object({
    dryRun: z.boolean(),
    counts: z.object({ created: z.number(), updated: z.number(), unchanged: z.number(), rejected: z.number() }),
    items: z.array(
      z.object({
        index: z.number(),
        result: results,
        id: z.string().nullable(),
        issues: z.array(z.object({ path: z.string(), message: z.string() })),
      }),
    ),
  }),
  handle: ({ ctx, body }) => upsertContacts(ctx, body),
});
