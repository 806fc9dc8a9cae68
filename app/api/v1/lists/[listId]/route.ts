import { z } from 'zod';
import { listAnswer } from '@/app/api/v1/answers/contacts';

import { listInputSchema } from '@/lib/domain/list';
import { archiveList } from '@/lib/features/lists/archive-list';
import { getList } from '@/lib/features/lists/get-list';
import { updateList } from '@/lib/features/lists/update-list';
import { route } from '@/lib/http/route';

const params = z.object({ listId: z.string() });

export const GET = route({
  summary: 'A list with its number of people',
  permission: 'contacts.read',
  params,
  answer: listAnswer,
  handle: ({ ctx, params }) => getList(ctx, { id: params.listId }),
});

export const PATCH = route({
  summary: 'Rename or describe a list',
  permission: 'contacts.write',
  params,
  body: listInputSchema.partial(),
  sample: { description: 'Everybody who asked for it in a shop' },
  status: 204,
  handle: ({ ctx, params, body }) => updateList(ctx, { ...body, id: params.listId }),
});

export const DELETE = route({
  summary: 'Archive a list; its subscriptions stay as evidence',
  permission: 'contacts.write',
  params,
  status: 204,
  handle: ({ ctx, params }) => archiveList(ctx, { id: params.listId }),
});
