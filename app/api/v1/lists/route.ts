import { z } from 'zod';
import { idAnswer, pageOf } from '@/app/api/v1/answers/common';
import { listAnswer } from '@/app/api/v1/answers/contacts';

import { listInputSchema } from '@/lib/domain/list';
import { createList } from '@/lib/features/lists/create-list';
import { listLists } from '@/lib/features/lists/list-lists';
import { flagQuery, pageQuery } from '@/lib/http/page-query';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Lists by name, each with its number of people',
  permission: 'contacts.read',
  query: pageQuery.extend({ search: z.string().trim().max(120).optional(), archived: flagQuery }),
  answer: pageOf(listAnswer),
  handle: ({ ctx, query }) => listLists(ctx, query),
});

export const POST = route({
  summary: 'Make an empty list',
  permission: 'contacts.write',
  body: listInputSchema,
  example: { name: 'Phone launch', description: 'Invited to the launch' },
  answer: idAnswer,
  status: 201,
  handle: ({ ctx, body }) => createList(ctx, body),
});
