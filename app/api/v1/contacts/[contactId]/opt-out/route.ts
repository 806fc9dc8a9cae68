import { z } from 'zod';
import { changedAnswer } from '@/app/api/v1/answers/common';

import { optOutContact, optOutContactSchema } from '@/lib/features/contacts/opt-out-contact';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Opt a contact out of a channel everywhere, or back in at its own wish',
  permission: null,
  params: z.object({ contactId: z.string() }),
  body: optOutContactSchema.omit({ contactId: true }),
  sample: { channel: 'email', source: 'call centre' },
  answer: changedAnswer,
  handle: ({ ctx, params, body }) => optOutContact(ctx, { ...params, ...body }),
});
