import type { CookiesOptions } from 'next-auth';
import { decode, encode } from 'next-auth/jwt';
import { SESSION_LIFE_S } from '@/lib/auth/user-session';
import { env } from '@/lib/env';
import { deriveKey } from '@/lib/features/secrets/keys';

export function authSecret(): string {
  return env().NEXTAUTH_SECRET ?? deriveKey('next-auth', env().WAYBILL_SECRET).toString('hex');
}

/** `__Host-` binds a cookie to this very host over https (RFC 6265bis); plain http on a developer's machine cannot. */
function cookie(name: string, httpOnly = true) {
  const secure = env().APP_URL.startsWith('https://');
  const options = { httpOnly, sameSite: 'lax' as const, path: '/', secure };
  return { name: `${secure ? '__Host-' : ''}waybill.${name}`, options };
}

export function authCookies(): Partial<CookiesOptions> {
  return { sessionToken: cookie('session'), csrfToken: cookie('csrf'), callbackUrl: cookie('return') };
}

export function workspaceCookie() {
  return cookie('workspace');
}

/** The cookie that carries a session: an encrypted token with the session's id in it, and nothing else to trust. */
export async function sealSessionCookie(userId: string, sessionId: string) {
  const { name, options } = cookie('session');
  const token = { sub: userId, sid: sessionId };
  const value = await encode({ token, secret: authSecret(), maxAge: SESSION_LIFE_S });
  return { name, value, ...options, maxAge: SESSION_LIFE_S };
}

/** Takes the session's cookie away. */
export function clearedSessionCookie() {
  const { name, options } = cookie('session');
  return { name, value: '', ...options, maxAge: 0 };
}

/** The session id in a request's cookie, or null if there is none or it is not ours. */
export async function openSessionCookie(read: (name: string) => string | undefined): Promise<string | null> {
  const value = read(cookie('session').name);
  if (!value) return null;
  try {
    const token = await decode({ token: value, secret: authSecret() });
    return typeof token?.sid === 'string' ? token.sid : null;
  } catch {
    return null;
  }
}
