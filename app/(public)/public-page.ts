import { escapeHtml } from '@/lib/domain/escape';

export interface PublicPage {
  title: string;
  /** Trusted markup; everything that comes from data is escaped by the caller. */
  body: string;
  brand?: { name: string; logoUrl: string | null; brandColor: string | null };
}

const STYLE = `
:root { color-scheme: light dark; --paper: light-dark(#fbfaf6, #0b111b); --sheet: light-dark(#fffefb, #111a27);
  --rule: light-dark(#e4dfd3, #233043); --ink: light-dark(#141b28, #ece9e1); --soft: light-dark(#474f5e, #b6bdc9);
  --field: light-dark(#8f897b, #65758f); --brand: light-dark(#0b665f, #4fc9ba); }
* { box-sizing: border-box }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 24px 16px; background: var(--paper);
  color: var(--ink); font: 17px/1.55 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif }
main { width: 100%; max-width: 32rem; background: var(--sheet); border: 1px solid var(--rule); border-radius: 12px;
  padding: clamp(24px, 6vw, 40px); overflow-wrap: anywhere }
h1 { font-size: 1.5rem; line-height: 1.25; margin: 0 0 12px; letter-spacing: -0.01em }
p { margin: 0 0 16px; color: var(--soft) }
.from { display: block; margin: 0 0 24px; font-weight: 600; color: var(--ink) }
.from img { max-height: 40px; max-width: 200px; display: block }
button { font: inherit; font-weight: 600; min-height: 44px; padding: 8px 20px; border-radius: 8px; cursor: pointer;
  border: 1px solid var(--ink); background: var(--ink); color: var(--sheet) }
button.quiet { background: transparent; color: var(--ink); border-color: var(--field) }
a { color: inherit; text-underline-offset: 3px } :focus-visible { outline: 3px solid var(--brand); outline-offset: 2px }
fieldset { border: 0; margin: 0 0 20px; padding: 0 } legend { font-weight: 600; padding: 0; margin: 0 0 8px }
label { display: flex; gap: 12px; align-items: flex-start; padding: 12px 0; border-top: 1px solid var(--rule); cursor: pointer }
label small { display: block; color: var(--soft); font-size: 0.875rem }
input[type=checkbox] { width: 20px; height: 20px; margin: 3px 0 0; flex: none; accent-color: var(--brand) }
.row { display: flex; flex-wrap: wrap; gap: 12px; align-items: center } .done { border-left: 3px solid var(--brand);
  padding-left: 12px }
`;

const HEADERS = {
  'content-type': 'text/html; charset=utf-8',
  'cache-control': 'no-store, private',
  'content-security-policy':
    "default-src 'none'; style-src 'unsafe-inline'; img-src https: http: data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-robots-tag': 'noindex, nofollow',
};

function brandHeader({ name, logoUrl }: NonNullable<PublicPage['brand']>): string {
  if (!logoUrl || !/^https?:\/\//.test(logoUrl)) return `<span class="from">${escapeHtml(name)}</span>`;
  return `<span class="from"><img src="${escapeHtml(logoUrl)}" alt="${escapeHtml(name)}"></span>`;
}

/** One plain page for the recipients of messages: no script, no cookie, readable on any phone. */
export function publicPage(status: number, { title, body, brand }: PublicPage, retryAfterS?: number): Response {
  const colour = brand?.brandColor && /^#[0-9a-fA-F]{6}$/.test(brand.brandColor) ? brand.brandColor : null;
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}${colour ? `:root { --brand: ${colour} }` : ''}</style></head>
<body><main>${brand ? brandHeader(brand) : ''}<h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
  const headers = retryAfterS === undefined ? HEADERS : { ...HEADERS, 'retry-after': String(retryAfterS) };
  return new Response(html, { status, headers });
}

/** A page of one heading and one sentence. */
export function messagePage(
  status: number,
  { title, text }: { title: string; text: string },
  retryAfterS = status === 503 ? 10 : undefined,
): Response {
  return publicPage(status, { title, body: `<p>${escapeHtml(text)}</p>` }, retryAfterS);
}

/** The same answer for every token that is not ours, however it is wrong. */
export function unknownLinkPage(): Response {
  return messagePage(404, {
    title: 'This link is not valid',
    text: 'It is incomplete or was changed on its way. Use the link in the newest message you received.',
  });
}

export function tryAgainPage(): Response {
  return messagePage(503, {
    title: 'This did not work just now',
    text: 'Nothing was changed. Please try again in a minute.',
  });
}

/** For who asks faster than people do. */
export function tooManyPage(waitMs: number): Response {
  const seconds = Math.max(1, Math.ceil(waitMs / 1000));
  const text =
    'Many requests came from your network in a short time. Nothing was changed. Please try again in a minute.';
  return messagePage(429, { title: 'One moment, please', text }, seconds);
}
