import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { MAX_UPLOAD_BYTES, UPLOAD_CHUNK_BYTES } from '@/lib/domain/import';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';

const appendUploadChunkSchema = z.object({
  uploadId: z.string(),
  /** 0 for the first chunk; chunks may arrive in any order and more than once. */
  n: z
    .number()
    .int()
    .min(0)
    .max(Math.ceil(MAX_UPLOAD_BYTES / 1024)),
  data: z.custom<Uint8Array>((value) => value instanceof Uint8Array, 'must be bytes'),
});

/**
 * Stores one chunk of at most 1 MiB. The same chunk again changes nothing; other bytes under the same number are a
 * `conflict`, and so is a chunk for an upload that is complete.
 */
export async function appendUploadChunk(ctx: Ctx, input: z.input<typeof appendUploadChunkSchema>): Promise<void> {
  authorise(ctx, 'contacts.write');
  const { uploadId, n, data } = parseInput(appendUploadChunkSchema, input);
  if (data.length === 0 || data.length > UPLOAD_CHUNK_BYTES) {
    throw new AppError('invalid', `A chunk must have between 1 and ${UPLOAD_CHUNK_BYTES} bytes. Nothing was stored.`);
  }
  const bytes = Buffer.from(data.buffer, data.byteOffset, data.byteLength);
  await withTx(ctx, async ({ sql }) => {
    const [upload] = await sql<{ completedAt: Date | null }[]>`
      select completed_at as "completedAt" from uploads
      where workspace_id = ${ctx.workspaceId} and id = ${uploadId} for share`;
    if (!upload) throw new AppError('not_found', 'There is no such upload in this workspace.');
    if (!upload.completedAt) {
      await sql`
        insert into upload_chunks (workspace_id, upload_id, n, data) values (${ctx.workspaceId}, ${uploadId}, ${n}, ${bytes})
        on conflict (workspace_id, upload_id, n) do nothing`;
    }
    const [same] = await sql<{ same: boolean }[]>`
      select data = ${bytes} as same from upload_chunks
      where workspace_id = ${ctx.workspaceId} and upload_id = ${uploadId} and n = ${n}`;
    if (!same?.same) throw new AppError('conflict', `Chunk ${n} of this upload is there already with other bytes.`);
  });
}
