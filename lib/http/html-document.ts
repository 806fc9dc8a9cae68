/**
 * An email as a page of its own, for a frame of ours: no script, no form, no plug-in, no link of its way out, and an
 * origin that is nobody's, so that whatever the mail contains cannot reach the session.
 */
export function htmlDocument(html: string, cacheSeconds = 0): Response {
  return new Response(html, {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'cache-control': cacheSeconds > 0 ? `private, max-age=${cacheSeconds}` : 'no-store',
      'content-security-policy':
        "sandbox; default-src 'none'; img-src 'self' data: https: http:; style-src 'unsafe-inline'; font-src data: https:; form-action 'none'; base-uri 'none'; frame-ancestors 'self'",
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'no-referrer',
    },
  });
}
