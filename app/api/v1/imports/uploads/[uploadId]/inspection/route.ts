import { z } from 'zod';
import { inspectionAnswer } from '@/app/api/v1/answers/imports';
import { inspectUpload, inspectUploadSchema } from '@/lib/features/imports/inspect-upload';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'How an uploaded file is read: encoding, delimiter, header, samples and a mapping to start from',
  permission: 'contacts.write',
  params: z.object({ uploadId: z.string() }),
  body: inspectUploadSchema.omit({ uploadId: true }),
  sample: { delimiter: ';' },
  answer: inspectionAnswer,
  handle: ({ ctx, params, body }) => inspectUpload(ctx, { ...params, ...body }),
});
