import { messageDocument } from '@/lib/features/service/message-document';
import { rebuildMessageSchema } from '@/lib/features/service/rebuild-message';
import { htmlDocument } from '@/lib/http/html-document';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'A sent message to look at, in which nothing reports, leads anywhere or runs',
  permission: 'service.lookup',
  params: rebuildMessageSchema,
  handle: async ({ ctx, params }) => htmlDocument(await messageDocument(ctx, params)),
});
