import { clientAddress } from '@/app/(public)/client-address';
import { readToken } from '@/lib/features/secrets/tokens';
import { recordHit } from '@/lib/features/tracking/record-hit';
import { handlerOf } from '@/lib/http/exchange';

export const dynamic = 'force-dynamic';

const PIXEL = new Uint8Array(Buffer.from('R0lGODlhAQABAIAAAAAAAP///yH5BAEAAAAALAAAAAABAAEAAAIBRAA7', 'base64'));
const HEADERS = {
  'content-type': 'image/gif',
  'cache-control': 'no-store, private',
  'x-content-type-options': 'nosniff',
  'cross-origin-resource-policy': 'cross-origin',
};

/** The pixel of a message. A token that is not ours costs no database work and gets the same picture. */
export const GET = handlerOf(async (asked, { token }) => {
  const deliveryId = readToken('click', String(token));
  if (deliveryId) {
    try {
      await recordHit({
        deliveryId,
        kind: 'open',
        link: null,
        ip: clientAddress(asked.header('x-forwarded-for')),
        userAgent: asked.header('user-agent'),
      });
    } catch (error) {
      console.error('An open could not be stored:', error);
      return { status: 503, headers: { 'retry-after': '5', 'cache-control': 'no-store' }, body: null };
    }
  }
  return { status: 200, headers: HEADERS, body: PIXEL };
});

export function HEAD(): Response {
  return new Response(null, { headers: HEADERS });
}
