import { readAsset } from '@/lib/features/templates/read-asset';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ id: string }>;
}

/** An image of an email. Its type was decided from its bytes when it was stored; a browser may not think otherwise. */
export async function GET(_request: Request, { params }: Params): Promise<Response> {
  const asset = await readAsset((await params).id);
  if (!asset) return new Response('There is no such image.', { status: 404, headers: { 'cache-control': 'no-store' } });
  return new Response(new Uint8Array(asset.data), {
    headers: {
      'content-type': asset.mediaType,
      'content-disposition': `inline; filename*=UTF-8''${encodeURIComponent(asset.fileName)}`,
      'cache-control': 'public, max-age=31536000, immutable',
      'x-content-type-options': 'nosniff',
      'content-security-policy': "default-src 'none'; sandbox",
      'cross-origin-resource-policy': 'cross-origin',
    },
  });
}
