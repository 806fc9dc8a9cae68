interface PolicyOptions {
  nonce: string;
  isDevelopment: boolean;
  /** Origins that may embed this very page; nobody by default. */
  frameAncestors?: readonly string[];
  /** The host that serves the pictures of messages, where that is another than this one. */
  pictureOrigin?: string | undefined;
}

/**
 * The Content-Security-Policy of a page: scripts by nonce only (CSP level 3), styles inline because charts and previews
 * place things by style attributes, pictures from anywhere over https because mail previews show customers' pictures.
 */
export function contentSecurityPolicy({
  nonce,
  isDevelopment,
  frameAncestors = [],
  pictureOrigin,
}: PolicyOptions): string {
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}' 'strict-dynamic'${isDevelopment ? " 'unsafe-eval'" : ''}`,
    "style-src 'self' 'unsafe-inline'",
    `img-src 'self' data: blob: https:${pictureOrigin?.startsWith('http:') ? ` ${pictureOrigin}` : ''}`,
    "font-src 'self' data:",
    `connect-src 'self'${isDevelopment ? ' ws:' : ''}`,
    "frame-src 'self' blob:",
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    `frame-ancestors ${frameAncestors.length > 0 ? frameAncestors.join(' ') : "'none'"}`,
  ].join('; ');
}

/** What every page answers with beside its policy. HSTS only where there is https to insist on. */
export function pageHeaders({ isHttps }: { isHttps: boolean }): Record<string, string> {
  return {
    'x-content-type-options': 'nosniff',
    'referrer-policy': 'same-origin',
    'cross-origin-opener-policy': 'same-origin',
    'permissions-policy': 'camera=(), microphone=(), geolocation=(), payment=(), usb=(), browsing-topics=()',
    ...(isHttps && { 'strict-transport-security': 'max-age=63072000; includeSubDomains' }),
  };
}
