import { describeError } from '@/lib/errors';

export interface ProviderRequest {
  url: string;
  method: 'GET' | 'POST';
  headers: Record<string, string>;
  body?: string;
  timeoutMs: number;
}

/**
 * `answered`: a complete HTTP response. `not_sent`: no connection came about, so the provider saw nothing. `unknown`:
 * the request may have been received.
 */
export type ProviderAnswer =
  | { kind: 'answered'; status: number; headers: Headers; body: string }
  | { kind: 'not_sent'; code: string; text: string }
  | { kind: 'unknown'; code: string; text: string };

const BEFORE_REQUEST: Record<string, string> = {
  ECONNREFUSED: 'connection_refused',
  ENOTFOUND: 'dns_failed',
  EAI_AGAIN: 'dns_failed',
  EHOSTUNREACH: 'connection_failed',
  ENETUNREACH: 'connection_failed',
  UND_ERR_CONNECT_TIMEOUT: 'connect_timeout',
};
const CERTIFICATE_CODE = /CERT|SELF_SIGNED|UNABLE_TO_VERIFY|ALTNAME/;

function codeOf(error: unknown): string {
  for (let at: unknown = error; at instanceof Error; at = at instanceof AggregateError ? at.errors[0] : at.cause) {
    if ('code' in at && typeof at.code === 'string') return at.code;
  }
  return '';
}

/** One HTTP call, never retried and never cut by anything but its own time limit. Does not throw. */
export async function callProvider(request: ProviderRequest): Promise<ProviderAnswer> {
  const { url, method, headers, body, timeoutMs } = request;
  try {
    const response = await fetch(url, {
      method,
      headers,
      body,
      redirect: 'manual',
      signal: AbortSignal.timeout(timeoutMs),
    });
    return { kind: 'answered', status: response.status, headers: response.headers, body: await response.text() };
  } catch (error) {
    const code = codeOf(error);
    const text = describeError(error).slice(0, 1000);
    const early = BEFORE_REQUEST[code] ?? (CERTIFICATE_CODE.test(code) ? 'tls_certificate' : undefined);
    if (early) return { kind: 'not_sent', code: early, text };
    if (error instanceof Error && error.name === 'TimeoutError') return { kind: 'unknown', code: 'timeout', text };
    return { kind: 'unknown', code: 'connection_lost', text };
  }
}
