import { z } from 'zod';
import { listInteractions } from '@/lib/features/contacts/list-interactions';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'What happened with a contact, newest first, in pages',
  permission: null,
  params: z.object({ contactId: z.string() }),
  query: z.object({ cursor: z.string().optional(), limit: z.coerce.number().int().min(1).max(200).optional() }),
  handle: ({ ctx, params, query }) => listInteractions(ctx, { ...params, ...query }),
});
