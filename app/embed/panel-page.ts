import { escapeHtml } from '@/lib/domain/escape';
import type { Sentence } from '@/lib/domain/service-history';

const STYLE = `
:root { color-scheme: light dark; --paper: light-dark(#fffefb, #111a27); --rule: light-dark(#e4dfd3, #233043);
  --ink: light-dark(#141b28, #ece9e1); --soft: light-dark(#474f5e, #b6bdc9) }
* { box-sizing: border-box }
body { margin: 0; padding: 16px; background: var(--paper); color: var(--ink);
  font: 14px/1.5 system-ui, -apple-system, "Segoe UI", Roboto, sans-serif; overflow-wrap: anywhere }
h1 { font-size: 1.125rem; margin: 0 0 2px } h2 { font-size: 0.875rem; margin: 20px 0 0; padding-bottom: 6px }
p { margin: 0; color: var(--soft) } ul { list-style: none; margin: 0; padding: 0; border-top: 1px solid var(--ink) }
li { padding: 8px 0; border-bottom: 1px solid var(--rule); white-space: pre-line } time { color: var(--soft); white-space: nowrap }
footer { margin-top: 20px; color: var(--soft); font-size: 0.8125rem }
`;

/** Nothing but this page and its own style; framed by the sites that the workspace named, or by nobody. */
function headersOf(frameAncestors: readonly string[]): Record<string, string> {
  const framedBy = frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'";
  return {
    'content-type': 'text/html; charset=utf-8',
    'cache-control': 'no-store, private',
    'content-security-policy': `default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'; frame-ancestors ${framedBy}`,
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'x-robots-tag': 'noindex, nofollow',
  };
}

/** Writes moments in one zone; a panel has no script to learn its reader's. */
export function sentenceHtml(sentence: Sentence, timeZone: string): string {
  const format = new Intl.DateTimeFormat('en-GB', { dateStyle: 'medium', timeStyle: 'short', timeZone });
  return sentence
    .map((part) => {
      if (typeof part === 'string') return escapeHtml(part);
      if ('name' in part) return `<b>${escapeHtml(part.name)}</b>`;
      return `<time datetime="${escapeHtml(part.at)}">${escapeHtml(format.format(new Date(part.at)))}</time>`;
    })
    .join('');
}

export function listHtml(title: string, items: readonly string[]): string {
  if (items.length === 0) return '';
  return `<section><h2>${escapeHtml(title)}</h2><ul>${items.map((item) => `<li>${item}</li>`).join('')}</ul></section>`;
}

/** A page for a frame in another system: no script, no cookie, no way to change anything. `body` is trusted markup. */
export function panelPage(
  status: number,
  { title, body, frameAncestors }: { title: string; body: string; frameAncestors: readonly string[] },
): Response {
  const html = `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title><style>${STYLE}</style></head>
<body><main><h1>${escapeHtml(title)}</h1>${body}</main></body></html>`;
  return new Response(html, { status, headers: headersOf(frameAncestors) });
}
