import type { HttpAnswer, HttpRequest } from '@/lib/channels/listener/http-listener';
import type { HttpFault } from './fault-plan';
import { countFault, type ProviderState } from './provider-state';

/** How a dialect words an error. */
export type ErrorWords = (
  kind: 'limit' | 'quota' | 'unauthorized' | 'invalid' | 'error',
  status: number,
  headers?: Record<string, string>,
) => HttpAnswer;

const NEVER = { status: 200 } as const;

/** The answer of a fault that happens before anything is accepted, or null. */
export function refuseBefore(state: ProviderState, fault: HttpFault | null, words: ErrorWords): HttpAnswer | null {
  const { retryAfterSeconds } = state.plan;
  switch (fault) {
    case 'limit':
      return words('limit', 429, { 'retry-after': String(retryAfterSeconds) });
    case 'limit_date': {
      const date = new Date();
      const retryAfter = new Date(date.getTime() + retryAfterSeconds * 1000).toUTCString();
      return words('limit', 429, { date: date.toUTCString(), 'retry-after': retryAfter });
    }
    case 'quota':
      return words('quota', 429);
    case 'unauthorized':
      return words('unauthorized', 401);
    case 'invalid':
      return words('invalid', 422);
    case 'error_500':
      return words('error', 500);
    case 'error_503':
      return words('error', 503);
    case 'reset':
      return { ...NEVER, fault: 'reset' };
    case 'hang':
      return { ...NEVER, fault: 'hang' };
    default:
      return null;
  }
}

/** What becomes of the answer to a request that was accepted. */
export function spoilAfter(fault: HttpFault | null, answer: HttpAnswer, words: ErrorWords): HttpAnswer {
  switch (fault) {
    case 'accepted_500':
      return words('error', 500);
    case 'accepted_reset':
      return { ...NEVER, fault: 'reset' };
    case 'accepted_hang':
      return { ...NEVER, fault: 'hang' };
    case 'accepted_truncated':
      return { ...answer, fault: 'truncate' };
    case 'accepted_html':
      return { status: 200, text: '<html>Welcome to the hotel network</html>' };
    default:
      return answer;
  }
}

/** Draws the fault of a request to `address`; the script goes before the rates. */
export function drawHttpFault(state: ProviderState, dialect: 'resend' | 'twilio', address: string): HttpFault | null {
  const script = dialect === 'resend' ? state.plan.resendScript : state.plan.twilioScript;
  const rates = dialect === 'resend' ? state.plan.resend : state.plan.twilio;
  const fault = state.dice.scripted(address, script) ?? state.dice.draw(`${dialect}\0${address}`, rates);
  if (fault) countFault(state, dialect, fault);
  return fault;
}

export type HttpDialect = (request: HttpRequest) => Promise<HttpAnswer> | HttpAnswer;
