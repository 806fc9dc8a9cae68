import { createHash, randomUUID } from 'node:crypto';
import { z } from 'zod';
import { parseJson } from '@/lib/channels/http/parse-json';
import type { HttpAnswer, HttpRequest } from '@/lib/channels/listener/http-listener';
import type { Accept } from './accept-ledger';
import { drawHttpFault, type ErrorWords, type HttpDialect, refuseBefore, spoilAfter } from './http-faults';
import type { ProviderState } from './provider-state';

const KEY_WINDOW_MS = 24 * 3_600_000;
const addresses = z.union([z.string(), z.array(z.string())]).transform((to) => (Array.isArray(to) ? to : [to]));
const emailSchema = z.object({
  from: z.string().min(1, 'Missing `from` field.'),
  to: addresses,
  subject: z.string().default(''),
  html: z.string().nullish(),
  text: z.string().nullish(),
  headers: z.record(z.string(), z.string()).nullish(),
  tags: z.array(z.object({ name: z.string(), value: z.string() })).nullish(),
});
type Email = z.infer<typeof emailSchema>;
const ADDRESS = /^(?:[^<>]*<)?[^\s<>@]+@[^\s<>@]+\.[^\s<>@]+>?$/;

interface Remembered {
  payloadHash: string;
  atMs: number;
  /** Null while the first request is still being worked on. */
  answer: HttpAnswer | null;
}

const NAMES = {
  limit: ['rate_limit_exceeded', 'Too many requests. You can only make 2 requests per second.'],
  quota: ['daily_quota_exceeded', 'You have reached your daily email sending quota.'],
  unauthorized: ['missing_api_key', 'API key is invalid'],
  invalid: [
    'validation_error',
    'Invalid `to` field. The email address needs to follow the `email@example.com` format.',
  ],
  error: ['internal_server_error', 'Something went wrong.'],
} as const;

const words: ErrorWords = (kind, status, headers) => {
  const [name, message] = NAMES[kind];
  return { status, headers, json: { statusCode: status, name, message } };
};

function conflict(name: string, message: string): HttpAnswer {
  return { status: 409, json: { statusCode: 409, name, message } };
}

function problemOf(value: unknown): string | null {
  const parsed = emailSchema.safeParse(value);
  if (!parsed.success) return parsed.error.issues[0]?.message ?? 'Invalid email.';
  if (!parsed.data.to.every((to) => ADDRESS.test(to))) return NAMES.invalid[1];
  return null;
}

function toAccept(email: Email, idempotencyKey: string | undefined): Accept {
  const tag =
    email.tags?.find((one) => one.name === 'waybill_delivery')?.value ?? email.headers?.['X-Waybill-Delivery'];
  const messageId = email.headers?.['Message-ID'];
  const providerMessageId = randomUUID();
  const key = tag ?? messageId ?? providerMessageId;
  return { dialect: 'resend', key, to: email.to[0] ?? '', providerMessageId, messageId, tag, idempotencyKey };
}

/** The REST API of Resend as far as sending needs it: /emails, /emails/batch, idempotency keys and its three kinds of 429. */
export function resendDialect(state: ProviderState): HttpDialect {
  const remembered = new Map<string, Remembered>();

  const accept = async (request: HttpRequest, values: unknown[], key: string | undefined): Promise<HttpAnswer> => {
    const batch = request.path === '/emails/batch';
    const first = emailSchema.safeParse(values[0]);
    const address = first.success ? (first.data.to[0] ?? '') : '';
    const fault = drawHttpFault(state, 'resend', address);
    const refusal = refuseBefore(state, fault, words);
    if (refusal) return refusal;
    const problems = values.map((value, index) => {
      const unlucky = fault === 'partial' && state.dice.roll(`partial\0${address}\0${index}`) < 0.3;
      return unlucky ? NAMES.invalid[1] : problemOf(value);
    });
    const permissive = batch && request.headers['x-batch-validation'] === 'permissive';
    const worst = problems.find((problem) => problem !== null);
    if (worst && !permissive)
      return { status: 422, json: { statusCode: 422, name: 'validation_error', message: worst } };
    const good = values.filter((_, index) => problems[index] === null).map((value) => emailSchema.parse(value));
    const accepts = good.map((email) => toAccept(email, key));
    await state.ledger.record(accepts);
    const data = accepts.map(({ providerMessageId }) => ({ id: providerMessageId }));
    const errors = problems.flatMap((message, index) => (message === null ? [] : [{ index, message }]));
    const json = batch ? { data, ...(permissive ? { errors } : {}) } : data[0];
    const answer = { status: 200, json };
    if (key !== undefined) remembered.set(key, { payloadHash: hashOf(request), atMs: state.nowMs(), answer });
    return spoilAfter(fault, answer, words);
  };

  return async (request) => {
    if (request.path === '/domains') return { status: 200, json: { object: 'list', data: [] } };
    if (request.method !== 'POST')
      return { status: 405, json: { statusCode: 405, name: 'method_not_allowed', message: 'POST' } };
    if (!/^Bearer \S+$/.test(request.headers.authorization ?? '')) return words('unauthorized', 401);
    const body = parseJson(request.body);
    const values = request.path === '/emails/batch' ? body : [body];
    if (!Array.isArray(values) || values.length === 0 || values.length > 100) return words('invalid', 422);

    const header = request.headers['idempotency-key'];
    const key = Array.isArray(header) ? header[0] : header;
    if (key === undefined) return accept(request, values, undefined);
    const known = remembered.get(key);
    if (known && state.nowMs() - known.atMs < KEY_WINDOW_MS) {
      if (known.payloadHash !== hashOf(request))
        return conflict('invalid_idempotent_request', 'Same key, different payload.');
      return known.answer ?? conflict('concurrent_idempotent_requests', 'Same key, still in progress.');
    }
    remembered.set(key, { payloadHash: hashOf(request), atMs: state.nowMs(), answer: null });
    try {
      return await accept(request, values, key);
    } finally {
      if (remembered.get(key)?.answer === null) remembered.delete(key);
    }
  };
}

function hashOf(request: HttpRequest): string {
  return createHash('sha256').update(request.path).update(request.body).digest('hex');
}
