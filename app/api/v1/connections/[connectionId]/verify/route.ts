import { z } from 'zod';
import { verifyOutputConnection, verifyOutputConnectionSchema } from '@/lib/features/outputs/verify-output-connection';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Try a connection: sign in and look at the table, or post a signed ping; nobody is recorded',
  permission: 'providers.manage',
  params: z.object({ connectionId: z.string() }),
  query: verifyOutputConnectionSchema.pick({ table: true }),
  answer: z.object({ ok: z.boolean(), text: z.string() }),
  handle: ({ ctx, params, query }) => verifyOutputConnection(ctx, { id: params.connectionId, table: query.table }),
});
