import type { Ctx } from '@/lib/context';
import { withTx } from '@/lib/db/client';

/** The bytes of an upload from `from` on, a stored chunk at a time, with no transaction open between chunks. */
export async function* readUpload(ctx: Ctx, uploadId: string, from = 0): AsyncGenerator<Buffer> {
  const { workspaceId } = ctx;
  const chunks = await withTx(ctx, ({ sql }) => {
    return sql<{ n: number; size: number }[]>`
      select n, octet_length(data) as size from upload_chunks
      where workspace_id = ${workspaceId} and upload_id = ${uploadId} order by n`;
  });
  let start = 0;
  for (const { n, size } of chunks) {
    const end = start + size;
    if (end > from) {
      const skip = Math.max(0, from - start);
      const data = await withTx(ctx, async ({ sql }) => {
        const [chunk] = await sql<{ data: Buffer }[]>`
          select data from upload_chunks where workspace_id = ${workspaceId} and upload_id = ${uploadId} and n = ${n}`;
        return chunk?.data;
      });
      if (data) yield skip > 0 ? data.subarray(skip) : data;
    }
    start = end;
  }
}

/** At most the first `bytes` of an upload. */
export async function readUploadHead(ctx: Ctx, uploadId: string, bytes: number): Promise<Buffer> {
  const pieces: Buffer[] = [];
  let size = 0;
  for await (const piece of readUpload(ctx, uploadId)) {
    pieces.push(piece);
    size += piece.length;
    if (size >= bytes) break;
  }
  return Buffer.concat(pieces).subarray(0, bytes);
}
