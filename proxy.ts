import { randomBytes } from 'node:crypto';
import { type NextRequest, NextResponse } from 'next/server';
import { env } from '@/lib/env';
import { contentSecurityPolicy, pageHeaders } from '@/lib/http/security-headers';
import { newId } from '@/lib/ids';

/**
 * Gives every page its security headers, a request id and its own path. It decides nothing about who may see what: that
 * is done where the data is read.
 */
export function proxy(request: NextRequest): NextResponse {
  const { NODE_ENV, APP_URL, WAYBILL_PUBLIC_URL } = env();
  const nonce = randomBytes(16).toString('base64');
  const pictureOrigin = WAYBILL_PUBLIC_URL && new URL(WAYBILL_PUBLIC_URL).origin;
  const policy = contentSecurityPolicy({ nonce, isDevelopment: NODE_ENV === 'development', pictureOrigin });
  const requestId = newId('request');

  const headers = new Headers(request.headers);
  headers.set('x-nonce', nonce);
  headers.set('content-security-policy', policy);
  headers.set('x-request-id', requestId);
  headers.set('x-waybill-path', `${request.nextUrl.pathname}${request.nextUrl.search}`);

  const response = NextResponse.next({ request: { headers } });
  const isHttps = NODE_ENV === 'production' && APP_URL.startsWith('https://');
  for (const [name, value] of Object.entries(pageHeaders({ isHttps }))) response.headers.set(name, value);
  response.headers.set('content-security-policy', policy);
  response.headers.set('x-request-id', requestId);
  return response;
}

/** API routes set their own headers; running here would hold their uploads in memory. */
export const config = { matcher: ['/((?!api/|_next/static|_next/image|icon.svg|u/|preferences/|embed/).*)'] };
