import { z } from 'zod';

import { removeContacts, removeContactsSchema } from '@/lib/features/lists/remove-contacts';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Take contacts off a list; who unsubscribed stays on record',
  permission: 'contacts.write',
  params: z.object({ listId: z.string() }),
  body: removeContactsSchema.omit({ listId: true }),
  sample: { contactIds: ['con_01jd5k3q8w4r2t9z'] },
  answer: z.object({ removed: z.number() }),
  handle: ({ ctx, params, body }) => removeContacts(ctx, { ...params, ...body }),
});
