import { activeMembership, lacksSecondFactor, memberCtx } from '@/lib/auth/current';
import { openSessionCookie, workspaceCookie } from '@/lib/auth/session-cookie';
import { readSession } from '@/lib/auth/user-session';
import type { Ctx } from '@/lib/context';
import { AppError } from '@/lib/errors';
import { apiKeyCtx } from '@/lib/http/api-key';
import type { Asked } from '@/lib/http/exchange';
import { UnauthenticatedError } from '@/lib/http/problem';
import { assertSameOrigin } from '@/lib/http/same-origin';

/** Said to somebody whose workspace asks for a second factor that they have not set up. */
export function needsSecondFactor({ name }: { name: string }): AppError {
  return new AppError('forbidden', `${name} asks for two-factor sign-in. Set it up first: reload the page.`);
}

/**
 * Who makes an API request: a bearer key, or else the dashboard's own session, which counts only from a page of ours.
 * With an Authorization header cookies are not looked at. A read does not keep a session from becoming idle.
 */
export async function requestCtx(asked: Asked, requestId: string): Promise<Ctx> {
  const authorization = asked.header('authorization');
  if (authorization !== null) return await apiKeyCtx(authorization, requestId);

  const request = asked.request();
  const sessionId = await openSessionCookie((name) => request.cookies.get(name)?.value);
  if (!sessionId) throw new UnauthenticatedError('Send an API key as “Authorization: Bearer …”, or sign in.');
  assertSameOrigin(request.method, request.headers);
  const signedIn = await readSession(sessionId, request.method !== 'GET' && request.method !== 'HEAD');
  const membership = signedIn && activeMembership(signedIn, request.cookies.get(workspaceCookie().name)?.value);
  if (!membership) throw new UnauthenticatedError('You are signed out. Sign in again; nothing is lost.');
  if (lacksSecondFactor(signedIn, membership)) throw needsSecondFactor(membership);
  return memberCtx(signedIn, membership, requestId);
}
