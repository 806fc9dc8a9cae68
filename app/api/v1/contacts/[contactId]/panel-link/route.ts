import { z } from 'zod';
import { createEmbedLink, createEmbedLinkSchema } from '@/lib/features/service/create-embed-link';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'A link to the read-only panel of a contact, for a frame in another system, that ends by itself',
  permission: 'service.lookup',
  params: z.object({ contactId: z.string() }),
  body: createEmbedLinkSchema.omit({ contactId: true }),
  sample: { minutes: 15 },
  answer: z.object({ url: z.url(), expiresAt: z.iso.datetime() }),
  isSecret: true,
  handle: ({ ctx, params, body }) => createEmbedLink(ctx, { ...body, ...params }),
});
