import { z } from 'zod';

import { subscribeContacts, subscribeContactsSchema } from '@/lib/features/lists/subscribe-contacts';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Put contacts on a list, with what proves their wish',
  permission: 'contacts.write',
  params: z.object({ listId: z.string() }),
  body: subscribeContactsSchema.omit({ listId: true }),
  sample: { contactIds: ['con_01jd5k3q8w4r2t9z'], source: 'web form', evidence: { form: 'spring' } },
  answer: z.object({ subscribed: z.number(), keptUnsubscribed: z.number() }),
  handle: ({ ctx, params, body }) => subscribeContacts(ctx, { ...params, ...body }),
});
