import { clientAddress } from '@/app/(public)/client-address';
import { refusePersonalLink } from '@/app/(public)/public-limits';
import { publicPage, tryAgainPage, unknownLinkPage } from '@/app/(public)/public-page';
import { readSmallForm } from '@/app/(public)/read-small-form';
import { escapeHtml } from '@/lib/domain/escape';
import { maskAddress } from '@/lib/features/tracking/find-recipient';
import {
  type PreferenceList,
  type Preferences,
  readPreferences,
  savePreferences,
} from '@/lib/features/tracking/preferences';

export const dynamic = 'force-dynamic';

interface Params {
  params: Promise<{ token: string }>;
}

function listRow({ id, name, description, isSubscribed }: PreferenceList): string {
  const small = description ? `<small>${escapeHtml(description)}</small>` : '';
  return `<label><input type="checkbox" name="list" value="${escapeHtml(id)}"${isSubscribed ? ' checked' : ''}>
<span>${escapeHtml(name)}${small}</span></label>`;
}

function page({ recipient, lists }: Preferences, isSaved: boolean): Response {
  const kind = recipient.channel === 'sms' ? 'text messages' : 'email';
  const to = recipient.address ? ` to ${escapeHtml(maskAddress(recipient.address))}` : '';
  const name = escapeHtml(recipient.workspaceName);
  const state = recipient.isOptedOut
    ? `${name} sends you no marketing ${kind}.`
    : `What ${name} sends you by ${recipient.channel === 'sms' ? 'text message' : 'email'}${to}.`;
  const choices =
    lists.length > 0 ? `<fieldset><legend>You receive</legend>${lists.map(listRow).join('')}</fieldset>` : '';
  const save = recipient.isOptedOut ? `Receive ${kind} again` : 'Save';
  return publicPage(200, {
    title: 'What you receive',
    brand: { name: recipient.workspaceName, logoUrl: recipient.logoUrl, brandColor: recipient.brandColor },
    body: `${isSaved ? '<p class="done" role="status">Saved. It takes effect at once.</p>' : ''}<p>${state}</p>
<form method="post">${choices}<div class="row">
${lists.length > 0 || recipient.isOptedOut ? `<button type="submit" name="wish" value="save">${save}</button>` : ''}
${recipient.isOptedOut ? '' : `<button type="submit" class="quiet" name="wish" value="nothing">Unsubscribe from everything</button>`}
</div></form>`,
  });
}

export async function GET(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const refusal = refusePersonalLink('page', request.headers, token);
  if (refusal) return refusal;
  try {
    const preferences = await readPreferences(token);
    return preferences ? page(preferences, false) : unknownLinkPage();
  } catch (error) {
    console.error('The preference page could not be shown:', error);
    return tryAgainPage();
  }
}

export async function POST(request: Request, { params }: Params): Promise<Response> {
  const { token } = await params;
  const refusal = refusePersonalLink('preferences', request.headers, token);
  if (refusal) return refusal;
  try {
    const form = await readSmallForm(request);
    const wish = form?.get('wish');
    if (!form || (wish !== 'save' && wish !== 'nothing')) return tryAgainPage();
    const listIds = form.getAll('list').filter((value): value is string => typeof value === 'string');
    const preferences = await savePreferences(
      token,
      { wantsMessages: wish === 'save', listIds },
      {
        via: 'preference_page',
        ip: clientAddress(request.headers.get('x-forwarded-for')),
        userAgent: request.headers.get('user-agent')?.slice(0, 400) ?? null,
      },
    );
    return preferences ? page(preferences, true) : unknownLinkPage();
  } catch (error) {
    console.error('Preferences could not be stored:', error);
    return tryAgainPage();
  }
}
