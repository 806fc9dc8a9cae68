import { z } from 'zod';
import { pageOf } from '@/app/api/v1/answers/common';
import { suppressionAnswer } from '@/app/api/v1/answers/contacts';

import { addSuppression, addSuppressionSchema } from '@/lib/features/suppressions/add-suppression';
import { listSuppressions } from '@/lib/features/suppressions/list-suppressions';
import { pageQuery } from '@/lib/http/page-query';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Addresses that are never sent to, newest first',
  permission: 'contacts.read',
  query: pageQuery.extend({
    channel: z.enum(['email', 'sms']).optional(),
    reason: z.enum(['bounce', 'complaint', 'manual', 'unsubscribed', 'erased']).optional(),
    search: z.string().trim().max(254).optional(),
  }),
  answer: pageOf(suppressionAnswer),
  handle: ({ ctx, query }) => listSuppressions(ctx, query),
});

export const POST = route({
  summary: 'Make sure that an address is never sent to; the first reason on record stays',
  permission: 'contacts.write',
  body: addSuppressionSchema,
  example: { channel: 'email', address: 'no-more@example.com', note: 'Asked on the phone' },
  answer: z.object({ id: z.string(), added: z.boolean() }),
  status: 201,
  handle: ({ ctx, body }) => addSuppression(ctx, body),
});
