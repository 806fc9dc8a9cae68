import type { NextRequest } from 'next/server';
import type { z } from 'zod';
import { authorise, type Ctx } from '@/lib/context';
import { requestWrites } from '@/lib/db/client';
import { flushed } from '@/lib/db/flushed';
import type { Permission } from '@/lib/domain/role';
import { AppError } from '@/lib/errors';
import { type Answer, type Asked, handlerOf, type PathParams } from '@/lib/http/exchange';
import { once } from '@/lib/http/idempotency';
import { problemAnswer, problemOf } from '@/lib/http/problem';
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
  /** A body as it may look where the example would need what only some workspaces have; ids in it are made up. */
  sample?: B extends z.ZodType ? z.input<B> : never;
  /** The body is a file as it is, read by `handle` from the request. */
  isFile?: true;
  /** The answer holds a secret: it is never kept, so no Idempotency-Key is taken. */
  isSecret?: true;
  handle: (call: RouteCall<P, Q, B>) => Promise<unknown>;
}

const PRIVATE = {
  'cache-control': 'no-store',
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
};

/** JSON.stringify for answers: dates as ISO, big numbers as strings. */
export function toJson(value: unknown): string {
  try {
    // without a function to call for every value it takes a fifth of the time
    return JSON.stringify(value);
  } catch (error) {
    if (!(error instanceof TypeError)) throw error;
    return JSON.stringify(value, (_, inner) => (typeof inner === 'bigint' ? inner.toString() : inner));
  }
}

function answerOf(result: unknown, status: number): Answer | Response {
  if (result instanceof Response) return result;
  if (result === undefined || status === 204) return { status: 204, headers: {}, body: null };
  return { status, headers: { 'content-type': 'application/json' }, body: toJson(result) };
}

function finish(answer: Answer | Response, requestId: string, rate: Record<string, string>): Answer | Response {
  if (!(answer instanceof Response)) {
    return { ...answer, headers: { ...PRIVATE, ...answer.headers, ...rate, 'x-request-id': requestId } };
  }
  const headers = new Headers(answer.headers);
  for (const [name, value] of Object.entries(rate)) headers.set(name, value);
  headers.set('x-request-id', requestId);
  for (const [name, value] of Object.entries(PRIVATE)) if (!headers.has(name)) headers.set(name, value);
  return new Response(answer.body, { status: answer.status, statusText: answer.statusText, headers });
}

/**
 * A route handler from its declaration: who asks (key or session), what they must hold, what the input must be; then one
 * call. Whatever is thrown becomes problem+json (RFC 9457); every answer carries the request's id.
 */
export function route<P extends Schema = undefined, Q extends Schema = undefined, B extends Schema = undefined>(
  declaration: RouteDeclaration<P, Q, B>,
) {
  const { permission, params, query, body, status = 200, handle } = declaration;
  const answer = async (asked: Asked, pathParams: PathParams): Promise<Answer | Response> => {
    const requestId = newId('request');
    const { pathname, search } = asked.url;
    let rate: Record<string, string> = {};
    try {
      const ctx = await requestCtx(asked, requestId);
      if (ctx.actor.type === 'api_key') rate = takeRequest(ctx.actor.keyId);
      if (permission) authorise(ctx, permission);
      const text = body ? await bodyText(asked) : '';
      const work = async () => {
        // a page of ours may be older than this process; another system must hear that what it asks for would be left out
        const isStrict = ctx.actor.type === 'api_key';
        const input = readInput({ asked, text, params: pathParams, schemas: { params, query, body }, isStrict });
        const call = {
          ctx,
          requestId,
          ...input,
          get request() {
            return asked.request();
          },
        } as RouteCall<P, Q, B>;
        return answerOf(await handle(call), status);
      };
      const key = isWrite(asked.method) ? asked.header('idempotency-key') : null;
      if (key !== null && declaration.isSecret) {
        throw new AppError(
          'invalid',
          'What this answers is shown once and never kept: send it without Idempotency-Key.',
        );
      }
      const repeatable = key !== null && (body !== undefined || !asked.hasBody);
      const { method } = asked;
      if (!isWrite(method)) return finish(await work(), requestId, rate);
      const path = pathname + search;
      const done = repeatable
        ? await once({ ctx, key, method, path, body: text }, work)
        : await requestWrites.run({}, work);
      await flushed();
      return finish(done, requestId, rate);
    } catch (error) {
      const wait = error instanceof AppError && error.code === 'limit' ? retryAfter(error) : {};
      return finish(problemAnswer(problemOf(error, requestId, `${asked.method} ${pathname}`), wait), requestId, rate);
    }
  };
  return Object.assign(handlerOf(answer), { declaration });
}

function isWrite(method: string): boolean {
  return method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
}

function retryAfter(error: AppError): Record<string, string> {
  if (!(error.cause instanceof RetryAfter)) return { 'retry-after': '1' };
  return { ...error.cause.headers, 'retry-after': String(error.cause.seconds) };
}
