import { clientAddress } from '@/app/(public)/client-address';
import { refuseBadLink } from '@/app/(public)/public-limits';
import { messagePage } from '@/app/(public)/public-page';
import { readToken } from '@/lib/features/secrets/tokens';
import { linkDestination } from '@/lib/features/tracking/link-destination';
import { recordHit } from '@/lib/features/tracking/record-hit';
import { handlerOf } from '@/lib/http/exchange';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ token: string; link: string }>;
}

function notFound(): Response {
  return messagePage(404, {
    title: 'This link leads nowhere',
    text: 'It is incomplete or was changed on its way. Open the message again and click there, or copy the whole address.',
  });
}

/** Redirects to an entry of the link table of that very message and to nothing else; no address is taken from the request. */
export const GET = handlerOf(async (asked, { token, link }) => {
  const deliveryId = readToken('click', String(token));
  if (!deliveryId) return refuseBadLink(asked.header('x-forwarded-for'), notFound);
  if (!/^\d{1,4}$/.test(String(link))) return notFound();
  try {
    const place = await recordHit({
      deliveryId,
      kind: 'click',
      link: Number(link),
      ip: clientAddress(asked.header('x-forwarded-for')),
      userAgent: asked.header('user-agent'),
    });
    const url = place && (await linkDestination(place, Number(link)));
    if (!url) return notFound();
    const headers = { location: url, 'cache-control': 'no-store, private', 'referrer-policy': 'no-referrer' };
    return { status: 302, headers, body: null };
  } catch (error) {
    console.error('A click could not be stored:', error);
    return messagePage(503, { title: 'One moment, please', text: 'This link works again in a few seconds.' });
  }
});

/** Link scanners look before people click: they see that the link is alive, and nothing is counted. */
export async function HEAD(request: Request, { params }: Params): Promise<Response> {
  const isOurs = readToken('click', (await params).token) !== null;
  if (!isOurs) return refuseBadLink(request.headers.get('x-forwarded-for'), notFound);
  return new Response(null, { status: 200, headers: { 'cache-control': 'no-store, private' } });
}
