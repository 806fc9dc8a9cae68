import { z } from 'zod';
import { completedUploadAnswer } from '@/app/api/v1/answers/imports';
import { completeUpload, completeUploadSchema } from '@/lib/features/imports/complete-upload';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Close an upload after its last chunk',
  permission: 'contacts.write',
  params: z.object({ uploadId: z.string() }),
  body: completeUploadSchema.omit({ uploadId: true }),
  sample: {},
  answer: completedUploadAnswer,
  handle: ({ ctx, params, body }) => completeUpload(ctx, { ...params, ...body }),
});
