import { actorLabel, authorise, type Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';
import { imageFacts } from '@/lib/domain/image-facts';
import { plainImage } from '@/lib/domain/plain-image';
import { AppError } from '@/lib/errors';
import { recordAudit } from '@/lib/features/history/record-audit';
import { newId } from '@/lib/ids';

export interface UploadedAsset {
  id: string;
  /** Path on this installation; absolute once the message is rendered. */
  src: string;
  mediaType: string;
  width: number;
  height: number;
}

export const MAX_ASSET_BYTES = 5 * 1024 * 1024;
const MAX_PIXELS = 40_000_000;
const MAX_WORKSPACE_BYTES = 500 * 1024 * 1024;

/** A file name for a download: one line, no path, no quotes. */
function safeFileName(given: string, mediaType: string): string {
  const base = (given.split(/[\\/]/).at(-1) ?? '')
    .replace(/\.[^.]*$/, '')
    .replace(/[^\p{L}\p{N}._ -]/gu, '_')
    .trim();
  return `${(base || 'image').slice(0, 80)}.${mediaType.slice('image/'.length)}`;
}

/**
 * Stores a PNG, JPEG, GIF or WebP for use in emails; what it is is decided by its bytes, not by its name, and
 * only what shows the picture is kept of them. Throws `invalid` for anything else and `limit` for too much.
 */
export async function uploadAsset(ctx: Ctx, fileName: string, data: Uint8Array): Promise<UploadedAsset> {
  authorise(ctx, 'campaigns.write');
  if (data.length > MAX_ASSET_BYTES) {
    throw new AppError('limit', 'The image is larger than 5 MB; mail programs would not load it. Nothing was stored.');
  }
  const facts = imageFacts(data);
  if (!facts) throw new AppError('invalid', 'This is not a PNG, JPEG, GIF or WebP image. Nothing was stored.');
  const { mediaType, width, height } = facts;
  if (width * height > MAX_PIXELS) {
    throw new AppError('limit', `The image has ${width} × ${height} pixels, which is too many. Nothing was stored.`);
  }
  const plain = plainImage(data, mediaType);
  if (!plain)
    throw new AppError('invalid', 'This image is damaged: its parts do not fit together. Nothing was stored.');
  const id = newId('asset');
  await withTx(ctx, async (tx) => {
    const [used] = await tx.sql<{ bytes: string }[]>`
      select coalesce(sum(octet_length(data)), 0) as bytes from assets where workspace_id = ${ctx.workspaceId}`;
    if (Number(used?.bytes ?? 0) + plain.length > MAX_WORKSPACE_BYTES) {
      throw new AppError('limit', 'The images of this workspace have reached 500 MB. Nothing was stored.');
    }
    const name = safeFileName(fileName, mediaType);
    await tx.sql`
      insert into assets (id, workspace_id, file_name, media_type, width, height, data, created_by)
      values (${id}, ${ctx.workspaceId}, ${name}, ${mediaType}, ${width}, ${height}, ${Buffer.from(plain)}, ${actorLabel(ctx).name})`;
    await recordAudit(tx, ctx, {
      action: 'asset.uploaded',
      subjectType: 'asset',
      subjectId: id,
      data: { name, mediaType, bytes: plain.length },
    });
  });
  return { id, src: `/api/assets/${id}`, mediaType, width, height };
}
