import { z } from 'zod';
import { undoImport } from '@/lib/features/imports/undo-import';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Take an import back, within seven days; what was changed or written to since then stays',
  permission: 'contacts.write',
  params: z.object({ importId: z.string() }),
  answer: z.object({ removed: z.number(), restored: z.number(), kept: z.number() }),
  handle: ({ ctx, params }) => undoImport(ctx, { id: params.importId }),
});
