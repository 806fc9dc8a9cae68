import { ContentError } from './content-error';

const HTML_SPECIAL = /[&<>"']/;
const HTML_SPECIAL_ALL = /[&<>"']/g;
const HTML_ENTITY: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' };

/** Safe between tags and inside a quoted attribute (OWASP rule 1 and 2: the five characters that can end either). */
export function escapeHtml(text: string): string {
  return HTML_SPECIAL.test(text) ? text.replace(HTML_SPECIAL_ALL, (found) => HTML_ENTITY[found] ?? '') : text;
}

const UNRESERVED_ONLY = /^[A-Za-z0-9\-._~]*$/;

/** One component of a URL (RFC 3986 §2.1): everything except unreserved characters is percent-encoded. */
export function escapeUrlComponent(text: string): string {
  if (UNRESERVED_ONLY.test(text)) return text;
  return encodeURIComponent(cleanText(text)).replace(
    /[!'()*]/g,
    (found) => `%${found.charCodeAt(0).toString(16).toUpperCase()}`,
  );
}

const ALLOWED_SCHEME = /^(?:https?:\/\/[^\s/?#]|mailto:[^\s]|tel:[+\d])/i;
/** What passes every check below as it is; most addresses do. */
const PLAIN_URL = /^https?:\/\/[\w\-.~:[\]@!$&'()*+,;=%][\w\-.~:/?#[\]@!$&'()*+,;=%]*$/;
const NOT_URL = /[^A-Za-z0-9\-._~:/?#[\]@!$&'()*+,;=%]/gu;

/** Whether `url` starts with a scheme a recipient may be sent to: http, https, mailto or tel. */
export function isAllowedUrl(url: string): boolean {
  return ALLOWED_SCHEME.test(url);
}

/** A whole URL from data: throws `ContentError` unless its scheme is allowed; characters foreign to URLs are percent-encoded. */
export function escapeWholeUrl(text: string, field: string): string {
  if (PLAIN_URL.test(text)) return text;
  const url = cleanText(text).trim();
  if (url === '') throw new ContentError(`The link {{ ${field} }} is empty for this contact.`);
  if (!isAllowedUrl(url)) {
    throw new ContentError(
      `The link {{ ${field} }} is not an http, https, mailto or tel address: “${url.slice(0, 60)}”.`,
    );
  }
  return url.replace(NOT_URL, (found) => encodeURIComponent(found));
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: control characters are what must not reach a message
const CONTROL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f\u0085\u2028\u2029\ud800-\udfff]|\r\n?/;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const CONTROL_ALL = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]/g;

/** Text for a body: well-formed Unicode, LF line ends, no control characters besides LF and TAB. */
export function cleanText(text: string): string {
  if (!CONTROL.test(text)) return text;
  return text
    .toWellFormed()
    .replace(/\r\n?|\u0085|\u2028|\u2029/g, '\n')
    .replace(CONTROL_ALL, '');
}

// biome-ignore lint/suspicious/noControlCharactersInRegex: header injection is made of these
const HEADER_FORBIDDEN = /[\u0000-\u0008\u000a-\u001f\u007f\u0085\u2028\u2029]/;

/** Text for a header: throws `ContentError` on CR, LF, NUL and every other control character (RFC 5322 §2.2). */
export function assertHeaderText(text: string, name: string): string {
  if (HEADER_FORBIDDEN.test(text)) {
    throw new ContentError(`The ${name} would contain a line break or control character from this contact's data.`);
  }
  return text.toWellFormed();
}
