import { env } from '@/lib/env';
import { AppError } from '@/lib/errors';

const SAFE = new Set(['GET', 'HEAD', 'OPTIONS']);

function isOwnOrigin(origin: string, headers: Headers): boolean {
  if (origin === new URL(env().APP_URL).origin) return true;
  const host = headers.get('host');
  return host !== null && (origin === `https://${host}` || origin === `http://${host}`);
}

/** Whether a request that carries a session cookie was made by a page of ours (OWASP ASVS 5.0 3.5.1). */
export function isSameOrigin(method: string, headers: Headers): boolean {
  const site = headers.get('sec-fetch-site');
  const origin = headers.get('origin');
  if (origin !== null && !isOwnOrigin(origin, headers)) return false;
  if (site === 'same-origin') return true;
  if (SAFE.has(method)) return site === null || site === 'none' || headers.get('sec-fetch-mode') === 'navigate';
  return site === null && origin !== null;
}

/**
 * Refuses a cookie-authenticated request from another site. A write must name our own origin: a missing one, `null`
 * (a sandboxed frame) and a sibling host are all refused.
 */
export function assertSameOrigin(method: string, headers: Headers): void {
  if (isSameOrigin(method, headers)) return;
  throw new AppError('forbidden', 'This request came from another site. Nothing was changed.');
}
