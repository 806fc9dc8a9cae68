import { z } from 'zod';
import { importDetailAnswer } from '@/app/api/v1/answers/imports';
import { getImport } from '@/lib/features/imports/get-import';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'How far an import is and what came of it',
  permission: 'contacts.read',
  params: z.object({ importId: z.string() }),
  answer: importDetailAnswer,
  handle: ({ ctx, params }) => getImport(ctx, { id: params.importId }),
});
