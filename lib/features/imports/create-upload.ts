import { z } from 'zod';
import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { cleanLine } from '@/lib/domain/contact';
import { MAX_UPLOAD_BYTES } from '@/lib/domain/import';
import { parseInput } from '@/lib/domain/parse-input';
import { AppError } from '@/lib/errors';
import { newId } from '@/lib/ids';

export const createUploadSchema = z.object({
  fileName: z
    .string()
    .max(500)
    .transform((name) => cleanLine(name.split(/[\\/]/).at(-1) ?? '').text.slice(0, 200) || 'contacts.csv'),
  mediaType: z.string().max(120).default('text/csv'),
  /** What the browser says; checked here so that a file too large is refused before it is sent. */
  sizeBytes: z.number().int().min(0).optional(),
});

/** Begins an upload that is then filled with appendUploadChunk. Throws `limit` for a file that is too large. */
export async function createUpload(ctx: Ctx, input: z.input<typeof createUploadSchema>): Promise<{ id: string }> {
  authorise(ctx, 'contacts.write');
  const { fileName, mediaType, sizeBytes } = parseInput(createUploadSchema, input);
  if (sizeBytes !== undefined && sizeBytes > MAX_UPLOAD_BYTES) {
    throw new AppError('limit', `The file is larger than ${MAX_UPLOAD_BYTES / 1e9} GB. Split it and import the parts.`);
  }
  if (sizeBytes === 0) throw new AppError('invalid', 'The file is empty. Nothing was uploaded.');
  return withTx(ctx, async ({ sql }) => {
    const id = newId('upload');
    await sql`
      insert into uploads (id, workspace_id, file_name, media_type, created_by)
      values (${id}, ${ctx.workspaceId}, ${fileName}, ${mediaType}, ${actorLabel(ctx).id})`;
    return { id };
  });
}
