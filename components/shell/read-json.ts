/** What a route of ours answers when it refuses: RFC 9457, one sentence in `detail`. */
export class Refused extends Error {
  override name = 'Refused';
  readonly status: number;
  readonly code: string;

  constructor(status: number, code: string, message: string) {
    super(message);
    this.status = status;
    this.code = code;
  }
}

const UNREACHABLE = 'The server cannot be reached. What you see may be old; it is tried again by itself.';

async function refusalOf(response: Response): Promise<Refused> {
  const problem: unknown = await response.json().catch(() => null);
  const read = (key: string) => {
    const value = typeof problem === 'object' && problem !== null ? Reflect.get(problem, key) : undefined;
    return typeof value === 'string' ? value : undefined;
  };
  const message = read('detail') ?? `The server answered ${response.status}. Try again.`;
  return new Refused(response.status, read('code') ?? 'internal', message);
}

/** Fetches JSON from a route of ours. Throws `Refused` with a sentence for the person; status 0 means no answer at all. */
export async function readJson<T>(path: string, init: RequestInit = {}): Promise<T> {
  let response: Response;
  try {
    response = await fetch(path, { credentials: 'same-origin', cache: 'no-store', ...init });
  } catch (cause) {
    if (init.signal?.aborted) throw cause;
    throw new Refused(0, 'unreachable', UNREACHABLE);
  }
  if (!response.ok) throw await refusalOf(response);
  return (response.status === 204 ? undefined : await response.json()) as T;
}

/** The same with a JSON body. */
export async function sendJson<T>(path: string, body: unknown, init: RequestInit = {}): Promise<T> {
  return await readJson<T>(path, {
    method: 'POST',
    ...init,
    headers: { 'content-type': 'application/json', ...init.headers },
    body: JSON.stringify(body),
  });
}
