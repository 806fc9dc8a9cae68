import { z } from 'zod';
import { uploadAnswer } from '@/app/api/v1/answers/imports';
import { getUpload } from '@/lib/features/imports/get-upload';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'How much of an upload has arrived',
  permission: 'contacts.write',
  params: z.object({ uploadId: z.string() }),
  answer: uploadAnswer,
  handle: ({ ctx, params }) => getUpload(ctx, params),
});
