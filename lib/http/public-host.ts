import type { IncomingMessage, ServerResponse } from 'node:http';

interface Hosts {
  APP_URL: string;
  WAYBILL_PUBLIC_URL?: string | undefined;
}

const NAME = '(?!\\.{1,2}(?:[/?]|$))[\\w.~-]{1,200}';

/** What recipients, their mail programs and providers ask for, letter by letter: nothing escaped, nothing relative. */
const PUBLIC = new RegExp(
  `^/(?:u/${NAME}|preferences/${NAME}|api/t/o/${NAME}|api/t/c/${NAME}/${NAME}|api/assets/${NAME}|api/webhooks/(?:resend|twilio)|api/health|icon\\.svg)(?:\\?[^#]*)?$`,
);

/** Whether somebody who is nobody to us may ask for this target of a request. */
export function isPublicTarget(target: string): boolean {
  return PUBLIC.test(target);
}

/**
 * With a host of its own for recipients, answers what does not belong to the host that was asked: everywhere but on the
 * dashboard's own host only public addresses are there (OWASP ASVS 5.0 3.5.4). An unknown host counts as public, so
 * that a proxy which hides the name opens nothing. Without such a host everything is served everywhere.
 */
export function hostGuard({
  APP_URL,
  WAYBILL_PUBLIC_URL,
}: Hosts): (req: IncomingMessage, res: ServerResponse) => boolean {
  if (!WAYBILL_PUBLIC_URL) return () => false;
  const dashboard = new URL(APP_URL);
  /** Some clients say the port that their scheme has anyway. */
  const isDashboard = (host = '') => {
    const address = `${dashboard.protocol}//${host}`;
    return /^[\w.:[\]-]+$/.test(host) && URL.canParse(address) && new URL(address).host === dashboard.host;
  };
  return (req, res) => {
    const { headers, url = '/' } = req;
    if (isDashboard(headers.host) || isPublicTarget(url)) return false;
    res.writeHead(404, {
      'content-type': 'text/plain; charset=utf-8',
      'cache-control': 'no-store',
      'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
      'x-content-type-options': 'nosniff',
    });
    res.end('There is nothing here.');
    return true;
  };
}
