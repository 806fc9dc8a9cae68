import { idAnswer } from '@/app/api/v1/answers/common';
import { createUpload, createUploadSchema } from '@/lib/features/imports/create-upload';
import { route } from '@/lib/http/route';

export const POST = route({
  summary: 'Begin an upload that is then filled chunk by chunk',
  permission: 'contacts.write',
  body: createUploadSchema,
  sample: { fileName: 'customers.csv', mediaType: 'text/csv' },
  status: 201,
  answer: idAnswer,
  handle: ({ ctx, body }) => createUpload(ctx, body),
});
