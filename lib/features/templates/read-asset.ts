import { authorise, type Ctx } from '@/lib/context';
import { pool, withTx } from '@/lib/db/client';
import { isId } from '@/lib/ids';

export interface AssetFile {
  fileName: string;
  mediaType: string;
  data: Uint8Array;
}

/** The bytes of an image for whoever has its address, as every recipient of an email must; null if there is none. */
export async function readAsset(id: string): Promise<AssetFile | null> {
  if (!isId('asset', id)) return null;
  const [row] = await pool()<AssetFile[]>`
    select file_name as "fileName", media_type as "mediaType", data from assets where id = ${id}`;
  return row ?? null;
}

export interface AssetRow {
  id: string;
  src: string;
  fileName: string;
  width: number | null;
  height: number | null;
  createdAt: Date;
}

/** The workspace's images, newest first. */
export async function listAssets(ctx: Ctx, limit = 100): Promise<AssetRow[]> {
  authorise(ctx, 'campaigns.read');
  return withTx(ctx, async ({ sql }) => {
    return await sql<AssetRow[]>`
      select id, '/api/assets/' || id as src, file_name as "fileName", width, height, created_at as "createdAt"
      from assets where workspace_id = ${ctx.workspaceId} order by created_at desc, id desc limit ${limit}`;
  });
}
