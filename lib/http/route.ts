import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import type { Permission } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';
import { once } from '@/lib/http/idempotency';
import { problemOf, problemResponse } from '@/lib/http/problem';
import { takeRequest } from '@/lib/http/rate-limit';
import { bodyText, readInput } from '@/lib/http/read-input';
import { requestCtx } from '@/lib/http/request-ctx';
import { RetryAfter } from '@/lib/http/retry-after';
import { newId } from '@/lib/ids';

type Schema = z.ZodType | undefined;
type Output<S extends Schema> = S extends z.ZodType ? z.output<S> : undefined;

export interface RouteCall<P extends Schema, Q extends Schema, B extends Schema> {
  ctx: Ctx;
  params: Output<P>;
  query: Output<Q>;
  body: Output<B>;
  request: NextRequest;
  requestId: string;
}

export interface RouteDeclaration<P extends Schema, Q extends Schema, B extends Schema> {
  /** One line, for the API's documentation. */
  summary: string;
  /** What a caller must hold; `null` leaves it to the verb. */
  permission: Permission | null;
  params?: P;
  query?: Q;
  /** JSON body. Without it the body is left unread, for uploads. */
  body?: B;
  /** Shape of the answer, for the API's documentation. */
  answer?: z.ZodType;
  /** Status of a success that is not a `Response`; 204 goes with no answer. */
  status?: 200 | 201 | 202 | 204;
  /** Media type of an answer that is not JSON. */
  mediaType?: string;
  /** Reads answer with an ETag; changes take If-Match. */
  hasRevision?: true;
  /** A body that works in any workspace; shown in the documentation and sent by a test. */
  example?: B extends z.ZodType ? z.input<B> : never;
  /** The answer holds a secret: it is never kept, so no Idempotency-Key is taken. */
  isSecret?: true;
  handle: (call: RouteCall<P, Q, B>) => Promise<unknown>;
}

interface RouteContext {
  params: Promise<Record<string, string | string[] | undefined>>;
}

const PRIVATE = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** JSON.stringify for answers: dates as ISO, big numbers as strings. */
export function toJson(value: unknown): string {
  return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
}

function answerOf(result: unknown, status: number): Response {
  if (result instanceof Response) return result;
  if (result === undefined || status === 204) return new Response(null, { status: 204 });
  return new Response(toJson(result), { status, headers: { 'content-type': 'application/json' } });
}

function finish(response: Response, requestId: string, rate: Record<string, string>): Response {
  const headers = new Headers(response.headers);
  for (const [name, value] of Object.entries(rate)) headers.set(name, value);
  headers.set('x-request-id', requestId);
  for (const [name, value] of Object.entries(PRIVATE)) if (!headers.has(name)) headers.set(name, value);
  return new Response(response.body, { status: response.status, statusText: response.statusText, headers });
}

/**
 * A route handler from its declaration: who asks (key or session), what they must hold, what the input must be; then one
 * call. Whatever is thrown becomes problem+json (RFC 9457); every answer carries the request's id.
 */
export function route<P extends Schema = undefined, Q extends Schema = undefined, B extends Schema = undefined>(
  declaration: RouteDeclaration<P, Q, B>,
) {
  const { permission, params, query, body, status = 200, handle } = declaration;
  const handler = async (request: NextRequest, context: RouteContext): Promise<Response> => {
    const requestId = newId('request');
    const at = `${request.method} ${request.nextUrl.pathname}`;
    let rate: Record<string, string> = {};
    try {
      const ctx = await requestCtx(request, requestId);
      if (ctx.actor.type === 'api_key') rate = takeRequest(ctx.actor.keyId);
      if (permission) authorise(ctx, permission);
      const text = body ? await bodyText(request) : '';
      const pathParams = await context.params;
      const work = async () => {
        const input = readInput({ request, text, params: pathParams, schemas: { params, query, body } });
        const call = { ctx, request, requestId, ...input } as RouteCall<P, Q, B>;
        return answerOf(await handle(call), status);
      };
      const key = isWrite(request.method) ? request.headers.get('idempotency-key') : null;
      const path = request.nextUrl.pathname + request.nextUrl.search;
      if (key !== null && declaration.isSecret) {
        throw new AppError(
          'invalid',
          'What this answers is shown once and never kept: send it without Idempotency-Key.',
        );
      }
      const repeatable = key !== null && (body !== undefined || request.body === null);
      const done = repeatable ? await once({ ctx, key, method: request.method, path, body: text }, work) : await work();
      return finish(done, requestId, rate);
    } catch (error) {
      const wait = error instanceof AppError && error.code === 'limit' ? retryAfter(error) : {};
      return finish(problemResponse(problemOf(error, requestId, at), wait), requestId, rate);
    }
  };
  return Object.assign(handler, { declaration });
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

function retryAfter(error: AppError): Record<string, string> {
  if (!(error.cause instanceof RetryAfter)) return { 'retry-after': '1' };
  return { ...error.cause.headers, 'retry-after': String(error.cause.seconds) };
}
