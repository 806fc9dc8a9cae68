import type { NextRequest } from 'next/server';
import NextAuth from 'next-auth';
import { authOptions } from '@/lib/auth/auth-options';
import { requestOrigin } from '@/lib/auth/request-origin';
import { openSessionCookie } from '@/lib/auth/session-cookie';
import { publishAuthUrl } from '@/lib/env';

interface Context {
  params: Promise<{ nextauth: string[] }>;
}

/** What our pages use of next-auth; everything else it would answer is not there. */
const OPEN = new Set([
  'GET csrf',
  'GET session',
  'GET error',
  'GET signin',
  'GET verify-request',
  'GET callback/email',
  'POST signin/email',
  'POST callback/password',
  'POST signout',
]);

function plain(response: Response): Response {
  response.headers.set('cache-control', 'no-store');
  response.headers.set('x-content-type-options', 'nosniff');
  response.headers.set('referrer-policy', 'same-origin');
  return response;
}

/** Serves /api/auth/*. */
export async function authHandler(request: NextRequest, context: Context): Promise<Response> {
  const { nextauth } = await context.params;
  if (!OPEN.has(`${request.method} ${nextauth.join('/')}`)) return plain(new Response('Not found', { status: 404 }));
  publishAuthUrl();
  const currentSessionId = await openSessionCookie((name) => request.cookies.get(name)?.value);
  const options = authOptions(requestOrigin(request.headers), currentSessionId);
  const response: Response = await NextAuth(request, context, options);
  return plain(new Response(response.body, response));
}
