import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { interactionAnswer } from '@/app/api/v1/answers/contacts';

import { contactReferenceSchema } from '@/lib/features/contacts/lookup-contacts';
import { lookupHistory } from '@/lib/features/contacts/lookup-history';
import { noteLookUps } from '@/lib/features/service/note-look-ups';
import { pageQuery } from '@/lib/http/page-query';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What happened with whoever has this phone, email, customer number or id, newest first',
  permission: null,
  query: z.intersection(contactReferenceSchema, pageQuery),
  answer: pageOf(interactionAnswer.extend({ contactId: z.string() })),
  handle: async ({ ctx, query: { cursor, limit, ...reference } }) => {
    const history = await lookupHistory(ctx, { reference, cursor, limit });
    await noteLookUps(
      ctx,
      history.items.map(({ contactId }) => contactId),
    );
    return history;
  },
});
