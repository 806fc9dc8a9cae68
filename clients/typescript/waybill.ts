import { type Operations, WITHOUT_KEY } from './operations';

export type Operation = keyof Operations;
export type Input<O extends Operation> = Operations[O]['input'];
export type Answer<O extends Operation> = Operations[O]['answer'];
type InputArguments<O extends Operation> = Record<never, never> extends Input<O> ? [Input<O>?] : [Input<O>];

export interface WaybillOptions {
  /** Such as `https://waybill.example.com`. */
  url: string;
  key: string;
  /** Attempts of one call that is safe to repeat; 3 unless given. */
  attempts?: number;
  fetch?: typeof fetch;
}

interface Loose {
  path?: Record<string, string>;
  query?: Record<string, unknown>;
  body?: unknown;
}

/** An answer that was not a success, as the API told it (RFC 9457). */
export class WaybillError extends Error {
  override name = 'WaybillError';

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    readonly requestId: string | null,
    readonly errors: { field: string; detail: string }[],
  ) {
    super(message);
  }
}

const REPEATABLE = new Set([429, 502, 503, 504]);
/** Their answers hold a secret that is never kept: they take no Idempotency-Key and are not repeated. */
const SHOWN_ONCE: ReadonlySet<string> = new Set(WITHOUT_KEY);

function addressOf(url: string, path: string, { path: values = {}, query = {} }: Loose): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(values[name] ?? ''));
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    for (const one of [value].flat()) if (one !== undefined && one !== null) search.append(name, String(one));
  }
  const text = search.toString();
  return `${url.replace(/\/+$/, '')}/api/v1${filled}${text ? `?${text}` : ''}`;
}

async function errorOf(response: Response): Promise<WaybillError> {
  const text = await response.text();
  const requestId = response.headers.get('x-request-id');
  try {
    const { code, detail, errors = [] } = JSON.parse(text);
    return new WaybillError(response.status, String(code), String(detail), requestId, errors);
  } catch (cause) {
    const error = new WaybillError(response.status, 'unreadable', `HTTP ${response.status}`, requestId, []);
    error.cause = cause;
    return error;
  }
}

const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

/**
 * A typed client of the API. Every write carries an Idempotency-Key of its own, so that a call whose answer was lost is
 * repeated without being done twice.
 */
export class Waybill {
  constructor(private readonly options: WaybillOptions) {}

  /** `await waybill.call('POST /events', { body: { … } })`. Throws WaybillError. */
  async call<O extends Operation>(operation: O, ...[input]: InputArguments<O>): Promise<Answer<O>> {
    const [method = 'GET', path = ''] = operation.split(' ');
    const given: Loose = input ?? {};
    const isOnce = SHOWN_ONCE.has(operation);
    const headers: Record<string, string> = { authorization: `Bearer ${this.options.key}` };
    const isFile = given.body instanceof Blob;
    if (given.body !== undefined) headers['content-type'] = isFile ? 'application/octet-stream' : 'application/json';
    if (method !== 'GET' && !isOnce && !isFile) headers['idempotency-key'] = crypto.randomUUID();
    const body =
      given.body === undefined ? {} : { body: given.body instanceof Blob ? given.body : JSON.stringify(given.body) };
    const response = await this.send(
      addressOf(this.options.url, path, given),
      { method, headers, ...body },
      isOnce ? 1 : undefined,
    );
    if (!response.ok) throw await errorOf(response);
    const isJson = response.headers.get('content-type')?.startsWith('application/json');
    return (response.status === 204 ? null : isJson ? await response.json() : await response.text()) as Answer<O>;
  }

  private async send(url: string, init: RequestInit, most = this.options.attempts ?? 3): Promise<Response> {
    const send = this.options.fetch ?? fetch;
    for (let attempt = 1; ; attempt++) {
      try {
        const response = await send(url, init);
        if (attempt >= most || !REPEATABLE.has(response.status)) return response;
        await pause(Number(response.headers.get('retry-after') ?? 2 ** (attempt - 1)) * 1000);
      } catch (error) {
        if (attempt >= most) throw error;
        await pause(2 ** (attempt - 1) * 500);
      }
    }
  }
}
