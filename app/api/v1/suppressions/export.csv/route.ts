import { z } from 'zod';
import { exportSuppressions } from '@/lib/features/suppressions/export-suppressions';
import { csvResponse } from '@/lib/http/csv-response';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Every suppressed address as CSV',
  permission: 'contacts.export',
  query: z.object({ channel: z.enum(['email', 'sms']).optional() }),
  mediaType: 'text/csv',
  handle: async ({ ctx, query }) => csvResponse(await exportSuppressions(ctx, query)),
});
