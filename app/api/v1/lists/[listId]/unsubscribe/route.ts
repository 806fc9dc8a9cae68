import { z } from 'zod';

import { unsubscribeContacts, unsubscribeContactsSchema } from '@/lib/features/lists/unsubscribe-contacts';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Mark contacts of a list as unsubscribed; they stay on record',
  permission: 'contacts.write',
  params: z.object({ listId: z.string() }),
  body: unsubscribeContactsSchema.omit({ listId: true }),
  sample: { contactIds: ['con_01jd5k3q8w4r2t9z'], source: 'call centre' },
  answer: z.object({ unsubscribed: z.number() }),
  handle: ({ ctx, params, body }) => unsubscribeContacts(ctx, { ...params, ...body }),
});
