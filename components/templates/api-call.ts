import { z } from 'zod';

const problemSchema = z.object({
  code: z.string(),
  detail: z.string(),
  errors: z.array(z.object({ field: z.string(), detail: z.string() })).optional(),
});

/** What the API answered instead of a result, or `offline` when there was no answer. */
export class ApiProblem extends Error {
  constructor(
    readonly code: string,
    message: string,
    readonly errors: { field: string; detail: string }[] = [],
  ) {
    super(message);
    this.name = 'ApiProblem';
  }
}

const OFFLINE = 'There is no connection to Waybill. What you typed is kept in this browser.';

async function problemOf(response: Response): Promise<ApiProblem> {
  const parsed = problemSchema.safeParse(await response.json().catch(() => null));
  if (parsed.success) return new ApiProblem(parsed.data.code, parsed.data.detail, parsed.data.errors);
  return new ApiProblem('internal', `Waybill answered with an error (${response.status}).`);
}

interface Call {
  method?: 'GET' | 'POST' | 'PATCH';
  json?: unknown;
  body?: BodyInit;
  signal?: AbortSignal;
  /** The answer is waited for even if the page goes away. */
  keepalive?: boolean;
}

/** Calls our own API from a page. Throws `ApiProblem`, or the abort's reason. */
export async function apiCall<T>(
  path: string,
  { method = 'GET', json, body, signal, keepalive }: Call = {},
): Promise<T> {
  let response: Response;
  try {
    response = await fetch(`/api/v1/${path}`, {
      method,
      signal,
      keepalive,
      body: json === undefined ? body : JSON.stringify(json),
      headers: json === undefined ? undefined : { 'content-type': 'application/json' },
    });
  } catch (cause) {
    if (signal?.aborted) throw cause;
    throw Object.assign(new ApiProblem('offline', OFFLINE), { cause });
  }
  if (!response.ok) throw await problemOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}
