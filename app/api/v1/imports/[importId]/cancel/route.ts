import { z } from 'zod';
import { cancelImport } from '@/lib/features/imports/cancel-import';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Stop an import; what it has written stays and can be undone',
  permission: 'contacts.write',
  params: z.object({ importId: z.string() }),
  status: 204,
  handle: ({ ctx, params }) => cancelImport(ctx, { id: params.importId }),
});
