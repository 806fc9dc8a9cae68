import { z } from 'zod';
import { contactAnswer } from '@/app/api/v1/answers/contacts';

import { contactReferenceSchema, lookupContacts } from '@/lib/features/contacts/lookup-contacts';
import { noteLookUps } from '@/lib/features/service/note-look-ups';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Everybody with exactly this phone (in any writing), email, customer number or id',
  permission: null,
  query: contactReferenceSchema,
  answer: z.object({ items: z.array(contactAnswer) }),
  handle: async ({ ctx, query }) => {
    const found = await lookupContacts(ctx, query);
    await noteLookUps(
      ctx,
      found.items.map(({ id }) => id),
    );
    return found;
  },
});
