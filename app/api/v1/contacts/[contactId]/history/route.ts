import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { interactionAnswer } from '@/app/api/v1/answers/contacts';

import { listInteractions } from '@/lib/features/contacts/list-interactions';
import { noteLookUps } from '@/lib/features/service/note-look-ups';
import { pageQuery } from '@/lib/http/page-query';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What happened with a contact, newest first',
  permission: null,
  params: z.object({ contactId: z.string() }),
  query: pageQuery,
  answer: pageOf(interactionAnswer),
  handle: async ({ ctx, params, query }) => {
    const history = await listInteractions(ctx, { ...params, ...query });
    await noteLookUps(ctx, [params.contactId]);
    return history;
  },
});
