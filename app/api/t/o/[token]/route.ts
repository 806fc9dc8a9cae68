import { clientAddress } from '@/app/(public)/client-address';
import { readToken } from '@/lib/features/secrets/tokens';
import { recordHit } from '@/lib/features/tracking/record-hit';

export const dynamic = 'force-dynamic';

const PIXEL = Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64');
const HEADERS = {
  'content-type': 'image/gif',
  'content-length': String(PIXEL.length),
  'cache-control': 'no-store, private',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
};

interface Params {
  params: Promise<{ token: string }>;
}

/** The pixel of a message. A token that is not ours costs no database work and gets the same picture. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const deliveryId = readToken('click', (await params).token);
  if (deliveryId) {
    try {
      await recordHit({
        deliveryId,
        kind: 'open',
        link: null,
        ip: clientAddress(request),
        userAgent: request.headers.get('user-agent'),
      });
    } catch (error) {
      console.error('An open could not be stored:', error);
      return new Response(null, { status: 503, headers: { 'retry-after': '5', 'cache-control': 'no-store' } });
    }
  }
  return new Response(PIXEL, { headers: HEADERS });
}

export function HEAD(): Response {
  return new Response(null, { headers: HEADERS });
}
