import { createHash } from 'node:crypto';
import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { MAX_UPLOAD_BYTES } from '@/lib/domain/import';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { readUpload } from '@/lib/features/imports/read-upload';

export const completeUploadSchema = z.object({
  uploadId: z.string(),
  /** Digest of the whole file, if the sender has it; a difference refuses the upload. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

/** Closes an upload after checking that no chunk is missing. Closing it again gives the same answer. */
export async function completeUpload(
  ctx: Ctx,
  input: z.input<typeof completeUploadSchema>,
): Promise<{ sizeBytes: number; sha256: string }> {
  authorise(ctx, 'contacts.write');
  const { uploadId, sha256 } = parseInput(completeUploadSchema, input);
  const { workspaceId } = ctx;
  const state = await withTx(ctx, async ({ sql }) => {
    const [upload] = await sql<{ completedAt: Date | null; sizeBytes: string; sha256: string | null }[]>`
      select completed_at as "completedAt", size_bytes as "sizeBytes", sha256 from uploads
      where workspace_id = ${workspaceId} and id = ${uploadId}`;
    if (!upload) throw new AppError('not_found', 'There is no such upload in this workspace.');
    const [chunks] = await sql<{ n: number; last: number | null; bytes: string | null }[]>`
      select count(*)::int as n, max(n) as last, sum(octet_length(data)) as bytes from upload_chunks
      where workspace_id = ${workspaceId} and upload_id = ${uploadId}`;
    return { ...upload, chunks: chunks?.n ?? 0, last: chunks?.last ?? -1, bytes: Number(chunks?.bytes ?? 0) };
  });
  if (state.completedAt && state.sha256) return { sizeBytes: Number(state.sizeBytes), sha256: state.sha256 };
  if (state.bytes === 0)
    throw new AppError('invalid', 'The file is empty. Upload a file with at least a header and one row.');
  if (state.last !== state.chunks - 1) {
    throw new AppError('precondition', 'Parts of the file are missing. What arrived is kept; send the missing parts.');
  }
  if (state.bytes > MAX_UPLOAD_BYTES)
    throw new AppError('limit', `The file is larger than ${MAX_UPLOAD_BYTES / 1e9} GB.`);
  const hash = createHash('sha256');
  for await (const piece of readUpload(ctx, uploadId)) hash.update(piece);
  const digest = hash.digest('hex');
  if (sha256 && sha256 !== digest) {
    throw new AppError('conflict', 'The file arrived damaged: its checksum differs. Upload it again.');
  }
  await withTx(ctx, ({ sql }) => {
    return sql`
      update uploads set completed_at = coalesce(completed_at, now()), size_bytes = ${state.bytes}, sha256 = ${digest}
      where workspace_id = ${workspaceId} and id = ${uploadId}`;
  });
  return { sizeBytes: state.bytes, sha256: digest };
}
