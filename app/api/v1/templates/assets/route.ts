import { z } from 'zod';
import { allOf } from '@/app/api/v1/answers/common';
import { assetAnswer, storedAssetAnswer } from '@/app/api/v1/answers/templates';
import { AppError } from '@/lib/errors';
import { listAssets } from '@/lib/features/templates/read-asset';
import { MAX_ASSET_BYTES, uploadAsset } from '@/lib/features/templates/upload-asset';
import { route } from '@/lib/http/route';

export const GET = route({
  summary: 'Images for use in emails, newest first',
  permission: 'campaigns.read',
  answer: allOf(assetAnswer),
  handle: async ({ ctx }) => ({ items: await listAssets(ctx) }),
});

async function readBytes(request: Request): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of request.body ?? []) {
    size += chunk.length;
    if (size > MAX_ASSET_BYTES) throw new AppError('limit', 'The image is larger than 5 MB. Nothing was stored.');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

export const POST = route({
  summary: 'Store an image; the body is the file',
  permission: 'campaigns.write',
  query: z.object({ name: z.string().max(500).default('image') }),
  isFile: true,
  status: 201,
  answer: storedAssetAnswer,
  handle: async ({ ctx, query, request }) => uploadAsset(ctx, query.name, await readBytes(request)),
});
