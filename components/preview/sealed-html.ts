export type Scheme = 'light' | 'dark';

const ALWAYS = '(min-width:0)';
const NEVER = '(max-width:0)';

/**
 * The mail as it looks in one colour scheme, whatever the scheme of this browser: its own media queries are answered in
 * its source.
 */
export function inScheme(html: string, scheme: Scheme): string {
  return html.replace(/\(\s*prefers-color-scheme\s*:\s*(dark|light)\s*\)/gi, (_, asked: string) =>
    asked.toLowerCase() === scheme ? ALWAYS : NEVER,
  );
}

// The page's own policy holds in the frame as well; this one stays with the mail if that is ever loosened.
const POLICY =
  "default-src 'none'; img-src data: https: http:; style-src 'unsafe-inline'; font-src data: https:; form-action 'none'; base-uri 'none'";

/** Goes before the mail's own head, so that nothing in it comes first. Links get a target that the sandbox refuses. */
export function sealed(html: string): string {
  const head = `<meta http-equiv="Content-Security-Policy" content="${POLICY}"><meta name="referrer" content="no-referrer"><base target="_blank">`;
  return `<!doctype html>${head}${html.replace(/^\s*<!doctype[^>]*>/i, '')}`;
}

/** The mail without pictures that report being seen, as our own tracking writes them. */
export function withoutPixels(html: string): string {
  return html.replace(/<img\b[^>]*\/api\/t\/o\/[^>]*>/gi, '');
}

const BREAK_BEFORE =
  /(?=<(?:html|head|body|meta|title|style|table|tbody|tr|td|p|h[1-6]|ul|ol|li|div|hr|img)\b|<\/(?:html|head|body|table|tbody|tr|ul|ol)>)/gi;

/** The source with a line per element, for reading; nothing but line breaks is added. */
export function readableSource(html: string): string {
  return html
    .replace(BREAK_BEFORE, '\n')
    .replace(/\n{2,}/g, '\n')
    .trim();
}

/** Bytes as a mail program counts them. */
export function byteSize(text: string): number {
  return new TextEncoder().encode(text).length;
}
