import { authorise, type Ctx } from '@/lib/context';
import { MAX_UPLOAD_BYTES, UPLOAD_CHUNK_BYTES } from '@/lib/domain/import';
import { AppError } from '@/lib/errors';
import { appendUploadChunk } from '@/lib/features/imports/append-upload-chunk';
import { completeUpload } from '@/lib/features/imports/complete-upload';
import { createUpload } from '@/lib/features/imports/create-upload';

export interface StreamedFile {
  fileName: string;
  mediaType?: string;
  stream: AsyncIterable<Uint8Array>;
}

async function* inChunks(stream: AsyncIterable<Uint8Array>): AsyncGenerator<Buffer> {
  let held: Buffer[] = [];
  let size = 0;
  for await (const piece of stream) {
    held.push(Buffer.from(piece.buffer, piece.byteOffset, piece.byteLength));
    size += piece.byteLength;
    if (size < UPLOAD_CHUNK_BYTES) continue;
    const all = Buffer.concat(held);
    const whole = all.length - (all.length % UPLOAD_CHUNK_BYTES);
    for (let at = 0; at < whole; at += UPLOAD_CHUNK_BYTES) yield all.subarray(at, at + UPLOAD_CHUNK_BYTES);
    held = [all.subarray(whole)];
    size = all.length - whole;
  }
  if (size > 0) yield Buffer.concat(held);
}

/** Stores a whole file from a stream, a chunk at a time, and completes the upload. Throws `limit` if it is too large. */
export async function storeUpload(
  ctx: Ctx,
  { fileName, mediaType, stream }: StreamedFile,
): Promise<{ id: string; sizeBytes: number; sha256: string }> {
  authorise(ctx, 'contacts.write');
  const { id } = await createUpload(ctx, { fileName, ...(mediaType ? { mediaType } : {}) });
  let n = 0;
  for await (const data of inChunks(stream)) {
    if ((n + 1) * UPLOAD_CHUNK_BYTES > MAX_UPLOAD_BYTES) {
      throw new AppError(
        'limit',
        `The file is larger than ${MAX_UPLOAD_BYTES / 1e9} GB. Split it and import the parts.`,
      );
    }
    await appendUploadChunk(ctx, { uploadId: id, n, data });
    n++;
  }
  return { id, ...(await completeUpload(ctx, { uploadId: id })) };
}
