import { z } from 'zod';

import { attributeTypeSchema } from '@/lib/domain/attribute';
import { defineAttribute, defineAttributeSchema } from '@/lib/features/contacts/define-attribute';
import { listAttributes } from '@/lib/features/contacts/list-attributes';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The attributes contacts of the workspace may have',
  permission: 'contacts.read',
  answer: z.object({ items: z.array(z.object({ key: z.string(), label: z.string(), type: attributeTypeSchema })) }),
  handle: async ({ ctx }) => ({ items: await listAttributes(ctx) }),
});

export const POST = route({
  summary: 'Define an attribute; the same again changes nothing',
  permission: 'contacts.write',
  body: defineAttributeSchema,
  example: { label: 'Contract end', type: 'date' },
  answer: z.object({ key: z.string() }),
  status: 201,
  handle: ({ ctx, body }) => defineAttribute(ctx, body),
});
