import { z } from 'zod';
import { UPLOAD_CHUNK_BYTES } from '@/lib/domain/import';
import { appendUploadChunk } from '@/lib/features/imports/append-upload-chunk';
import { readBytes } from '@/lib/http/read-bytes';
import { route } from '@/lib/http/route';

export const PUT = route({
  summary: 'Send one chunk of at most 1 MiB as bytes; chunks may come in any order and more than once',
  permission: 'contacts.write',
  params: z.object({ uploadId: z.string(), n: z.coerce.number().int().min(0) }),
  isFile: true,
  status: 204,
  handle: async ({ ctx, params, request }) =>
    appendUploadChunk(ctx, { ...params, data: await readBytes(request, UPLOAD_CHUNK_BYTES) }),
});
