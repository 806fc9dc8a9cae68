import { AppError, type AppErrorCode, describeError } from '@/lib/errors';
import type { Answer } from '@/lib/http/exchange';
import { newId } from '@/lib/ids';

export type ProblemCode = AppErrorCode | 'unauthenticated' | 'not_allowed' | 'internal';

const KINDS: Record<ProblemCode, { status: number; title: string }> = {
  invalid: { status: 422, title: 'The input is not valid' },
  not_found: { status: 404, title: 'Not found' },
  conflict: { status: 409, title: 'Not possible in the present state' },
  precondition: { status: 412, title: 'Something it needs is missing or has changed' },
  forbidden: { status: 403, title: 'Not allowed' },
  unproven: { status: 403, title: 'Confirm first that it is you' },
  limit: { status: 429, title: 'Too many requests' },
  gone: { status: 410, title: 'No longer kept' },
  unauthenticated: { status: 401, title: 'Not signed in' },
  not_allowed: { status: 405, title: 'This address does not take that method' },
  internal: { status: 500, title: 'Something went wrong on our side' },
};

/** Every code with its HTTP status and title, for documentation. */
export const PROBLEM_KINDS = Object.entries(KINDS).map(([code, kind]) => ({ code, ...kind }));

/** RFC 9457, with the request's id and one entry per wrong field. */
export interface Problem {
  type: string;
  title: string;
  status: number;
  detail: string;
  code: ProblemCode;
  request_id: string;
  errors?: { field: string; detail: string }[];
}

/** Thrown at the edge only: nobody is signed in, or the key is not ours. */
export class UnauthenticatedError extends Error {
  override name = 'UnauthenticatedError';
}

/** Writes what a caller is not told, so that the request's id leads whoever operates this to the cause. */
export function logUnexpected(error: unknown, requestId: string, at: string): void {
  const stack = error instanceof Error ? error.stack : undefined;
  console.error(JSON.stringify({ level: 'error', at, requestId, detail: describeError(error), stack }));
}

function make(code: ProblemCode, detail: string, requestId: string): Problem {
  return {
    type: `/developers#problem-${code.replace('_', '-')}`,
    title: KINDS[code].title,
    status: KINDS[code].status,
    detail,
    code,
    request_id: requestId,
  };
}

/** Anything thrown, as the problem a caller may see. An unexpected error is logged and shows nothing of itself. */
export function problemOf(error: unknown, requestId: string, at: string): Problem {
  if (error instanceof AppError) {
    const errors = error.issues.map(({ path, message }) => ({ field: path, detail: message }));
    return { ...make(error.code, error.message, requestId), ...(errors.length > 0 && { errors }) };
  }
  if (error instanceof UnauthenticatedError) return make('unauthenticated', error.message, requestId);
  logUnexpected(error, requestId, at);
  const detail = `Nothing is known to be lost. Tell whoever operates this Waybill the number ${requestId}.`;
  return make('internal', detail, requestId);
}

export function problemAnswer(problem: Problem, headers: Record<string, string> = {}): Answer {
  return {
    status: problem.status,
    headers: {
      'content-type': 'application/problem+json',
      ...(problem.status === 401 && { 'www-authenticate': 'Bearer realm="waybill"' }),
      ...headers,
    },
    body: JSON.stringify(problem),
  };
}

/** The answer of an address before any route has it: there is none here, or none for this method. */
export function refuseAddress(code: 'not_found' | 'not_allowed', detail: string, headers = {}): Answer {
  const requestId = newId('request');
  return problemAnswer(make(code, detail, requestId), { ...headers, 'x-request-id': requestId });
}
