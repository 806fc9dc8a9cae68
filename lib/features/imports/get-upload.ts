import { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';

const getUploadSchema = z.object({ uploadId: z.string() });

export interface Upload {
  id: string;
  fileName: string;
  completedAt: Date | null;
  /** Numbers of the chunks that are here, in order; what is missing is still to be sent. */
  chunks: number[];
}

/** How much of an upload has arrived, so that an interrupted one can go on. Throws `not_found`. */
export async function getUpload(ctx: Ctx, input: z.input<typeof getUploadSchema>): Promise<Upload> {
  authorise(ctx, 'contacts.write');
  const { uploadId } = parseInput(getUploadSchema, input);
  return withTx(ctx, async ({ sql }) => {
    const [upload] = await sql<Omit<Upload, 'chunks'>[]>`
      select id, file_name as "fileName", completed_at as "completedAt" from uploads
      where workspace_id = ${ctx.workspaceId} and id = ${uploadId}`;
    if (!upload) throw new AppError('not_found', 'There is no such upload in this workspace.');
    const rows = await sql<{ n: number }[]>`
      select n from upload_chunks where workspace_id = ${ctx.workspaceId} and upload_id = ${uploadId} order by n`;
    return { ...upload, chunks: rows.map(({ n }) => n) };
  });
}
