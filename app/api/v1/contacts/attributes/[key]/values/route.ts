import { z } from 'zod';
import { listAttributeValues } from '@/lib/features/contacts/list-attribute-values';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The values an attribute often has',
  permission: 'contacts.read',
  params: z.object({ key: z.string() }),
  answer: z.object({ values: z.array(z.string()) }),
  handle: ({ ctx, params }) => listAttributeValues(ctx, params),
});
