/** The path of our own pictures that report an opening. */
const TRACKING = '/api/t/o/';
const TAG = /<(a|area|img|form|link|base|meta)\b[^>]*>/gi;
const SOURCE = /\ssrc\s*=\s*(?:"([^"]*)"|'([^']*)')/i;
const HREF = /\s(href|action|ping|target)\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>]+)/gi;

/**
 * A copy of an email's HTML to look at: the picture that reports an opening is gone and no link leads anywhere. Only
 * the copy; the message itself stays as it was. Meant for a sandboxed frame, which holds the rest off.
 */
export function shownCopy(html: string): string {
  return html.replace(TAG, (tag, name: string) => {
    const kind = name.toLowerCase();
    if (kind === 'link' || kind === 'base') return '';
    if (kind === 'meta') return /http-equiv\s*=\s*["']?refresh/i.test(tag) ? '' : tag;
    if (kind !== 'img') return tag.replace(HREF, '');
    const match = SOURCE.exec(tag);
    const source = match?.[1] ?? match?.[2] ?? '';
    return source.includes(TRACKING) ? '' : tag;
  });
}
