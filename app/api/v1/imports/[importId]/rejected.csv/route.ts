import { z } from 'zod';
import { exportRejected } from '@/lib/features/imports/export-rejected';
import { csvResponse } from '@/lib/http/csv-response';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'The refused rows of an import with their reasons, as CSV',
  permission: 'contacts.export',
  params: z.object({ importId: z.string() }),
  mediaType: 'text/csv',
  handle: async ({ ctx, params }) => csvResponse(await exportRejected(ctx, params)),
});
