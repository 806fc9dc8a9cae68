import { clientAddress } from '@/app/(public)/client-address';
import { refusePersonalLink } from '@/app/(public)/public-limits';
import { publicPage, tryAgainPage, unknownLinkPage } from '@/app/(public)/public-page';
import { readSmallForm } from '@/app/(public)/read-small-form';
import { escapeHtml } from '@/lib/domain/escape';
import { maskAddress, type Recipient } from '@/lib/features/tracking/find-recipient';
import { previewUnsubscribe, unsubscribe } from '@/lib/features/tracking/unsubscribe';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ token: string }>;
}

function brandOf({ workspaceName, logoUrl, brandColor }: Recipient) {
  return { name: workspaceName, logoUrl, brandColor };
}

function donePage(recipient: Recipient, token: string): Response {
  const kind = recipient.channel === 'sms' ? 'text messages' : 'email';
  return publicPage(200, {
    title: 'You are unsubscribed',
    brand: brandOf(recipient),
    body: `<p class="done">${escapeHtml(recipient.workspaceName)} will not send you marketing ${kind} any more. It takes effect at once.</p>
<p>Was this a mistake? <a href="/preferences/${escapeHtml(token)}">Choose what you receive</a>.</p>`,
  });
}

/** Shows what the button would do and changes nothing, because scanners open every link. */
export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const refusal = refusePersonalLink('page', request.headers, token);
  if (refusal) return refusal;
  try {
    const recipient = await previewUnsubscribe(token);
    if (!recipient) return unknownLinkPage();
    if (recipient.isOptedOut) return donePage(recipient, token);
    const kind = recipient.channel === 'sms' ? 'text messages' : 'email';
    const to = recipient.address ? ` to ${escapeHtml(maskAddress(recipient.address))}` : '';
    return publicPage(200, {
      title: 'Unsubscribe?',
      brand: brandOf(recipient),
      body: `<p>${escapeHtml(recipient.workspaceName)} sends marketing ${kind}${to}. One click ends all of it.</p>
<form method="post" class="row"><button type="submit" name="confirm" value="yes">Unsubscribe</button>
<a href="/preferences/${escapeHtml(token)}">Choose what you receive</a></form>`,
    });
  } catch (error) {
    console.error('The unsubscribe page could not be shown:', error);
    return tryAgainPage();
  }
}

/** RFC 8058 §3.2: no cookie, no redirect, nothing to confirm. The button of the page comes here too. */
export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const refusal = refusePersonalLink('unsubscribe', request.headers, token);
  if (refusal) return refusal;
  const oneClick = (await readSmallForm(request))?.get('List-Unsubscribe') === 'One-Click';
  try {
    const done = await unsubscribe(token, {
      via: oneClick ? 'one_click' : 'unsubscribe_page',
      ip: clientAddress(request.headers.get('x-forwarded-for')),
      userAgent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
    });
    if (!done) return unknownLinkPage();
    if (oneClick) return new Response(null, { status: 200, headers: { 'cache-control': 'no-store' } });
    const recipient = await previewUnsubscribe(token);
    return recipient ? donePage(recipient, token) : unknownLinkPage();
  } catch (error) {
    console.error('An unsubscription could not be stored:', error);
    return tryAgainPage();
  }
}
