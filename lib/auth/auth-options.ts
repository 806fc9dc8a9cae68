import { randomBytes } from 'node:crypto';
import type { NextAuthOptions } from 'next-auth';
import Credentials from 'next-auth/providers/credentials';
import Email from 'next-auth/providers/email';
import { adapter } from '@/lib/auth/adapter';
import { checkPassword } from '@/lib/auth/check-password';
import { readSignInEmail } from '@/lib/auth/email-address';
import { mailSignInLink, SIGN_IN_LINK_MINUTES } from '@/lib/auth/mail-sign-in-link';
import type { RequestOrigin } from '@/lib/auth/request-origin';
import { authCookies, authSecret } from '@/lib/auth/session-cookie';
import { limitSignIn } from '@/lib/auth/sign-in-limits';
import { endSession, readSession, SESSION_LIFE_S, startSession } from '@/lib/auth/user-session';

/** Seen by the form as `error`: the seconds to wait, and no word about whether the account exists. */
async function refuseTooMany(kind: 'password' | 'link', email: string, ip: string | null): Promise<void> {
  const answer = await limitSignIn(kind, email, ip);
  if (!answer.allowed) throw new Error(`TooMany-${Math.ceil(answer.retryAfterMs / 1000)}`);
}

function emailProvider() {
  return Email({
    server: '',
    from: '',
    maxAge: SIGN_IN_LINK_MINUTES * 60,
    generateVerificationToken: () => randomBytes(32).toString('base64url'),
    normalizeIdentifier: (identifier) => {
      const email = readSignInEmail(identifier);
      if (!email) throw new Error('Not exactly one address.');
      return email;
    },
    sendVerificationRequest: ({ identifier, url }) => mailSignInLink(identifier, new URL(url)),
  });
}

function passwordProvider({ ip }: RequestOrigin) {
  return Credentials({
    id: 'password',
    credentials: { email: {}, password: {} },
    authorize: async (given) => {
      const email = readSignInEmail(given?.email);
      if (!email || typeof given?.password !== 'string' || given.password.length > 1000) return null;
      await refuseTooMany('password', email, ip);
      return await checkPassword(email, given.password);
    },
  });
}

/**
 * next-auth for one request. Its encrypted token carries the id of a row in `user_sessions`, and the row decides: it is
 * looked up on every use, so that revoking it ends the session at once.
 */
export function authOptions(origin: RequestOrigin, currentSessionId: string | null): NextAuthOptions {
  return {
    secret: authSecret(),
    adapter,
    cookies: authCookies(),
    session: { strategy: 'jwt', maxAge: SESSION_LIFE_S },
    jwt: { maxAge: SESSION_LIFE_S },
    pages: { signIn: '/sign-in', error: '/sign-in/problem', verifyRequest: '/sign-in/check-mail', signOut: '/sign-in' },
    providers: [emailProvider(), passwordProvider(origin)],
    callbacks: {
      signIn: async ({ user, email }) => {
        if (email?.verificationRequest) await refuseTooMany('link', user.email ?? '', origin.ip);
        return true;
      },
      jwt: async ({ token, user, account }) => {
        if (user && account) {
          const startedBy = account.provider === 'password' ? 'password' : 'link';
          const replaces = currentSessionId ?? undefined;
          return { sub: user.id, sid: await startSession({ userId: user.id, startedBy, replaces, ...origin }) };
        }
        if (typeof token.sid !== 'string' || !(await readSession(token.sid, false))) throw new Error('Session ended.');
        return { sub: token.sub ?? '', sid: token.sid };
      },
      session: async ({ session }) => ({ expires: session.expires }),
    },
    events: {
      signOut: async ({ token }) => {
        if (typeof token?.sid === 'string') await endSession(token.sid);
      },
    },
    logger: {
      error: (code, detail) =>
        console.error(JSON.stringify({ level: 'error', at: 'sign-in', code, detail: sayWhy(detail) })),
      warn: (code) => console.warn(JSON.stringify({ level: 'warn', at: 'sign-in', code })),
      debug: () => undefined,
    },
  };
}

function sayWhy(detail: Error | { error?: unknown }): string {
  const error = detail instanceof Error ? detail : detail.error;
  return error instanceof Error ? error.message : String(error);
}
