import { createHash } from 'node:crypto';
import { setTimeout as wait } from 'node:timers/promises';
import { z } from 'zod';
import type {
  Channel,
  ChannelCapabilities,
  EmailMessage,
  PreparedGroup,
  SendGroup,
  SendResult,
} from '@/lib/channels/channel';
import { callProvider, type ProviderAnswer, refuseNotSent } from '@/lib/channels/http/call-provider';
import { parseJson } from '@/lib/channels/http/parse-json';
import { NOT_STARTED, refusedForGood, unknownOutcome } from '@/lib/channels/rejected';
import { classifyResendError, POISON } from './classify-resend-error';

export interface ResendOptions {
  apiKey: string;
  baseUrl?: string;
  timeoutMs?: number;
  concurrentGroups?: number;
  maxGroupSize?: number;
}

/** Resend honours a key for 24 h; an hour is kept for clocks that disagree. */
const IDEMPOTENCY_WINDOW_MS = 23 * 3_600_000;
const MAX_BATCH = 100;
/** Waits before asking again under a key whose first request is still being worked on. */
const CONCURRENT_WAITS_MS = [500, 1000, 2000, 4000];

const acceptedSchema = z.object({ id: z.string().min(1) });
const batchSchema = z.object({
  data: z.array(acceptedSchema),
  errors: z.array(z.object({ index: z.number().int().nonnegative(), message: z.string() })).default([]),
});

/** A message as Resend wants it, in pieces that make one text: what was made as bytes stays bytes. */
function payloadOf({ to, deliveryId, parts, json }: EmailMessage): (string | Buffer)[] {
  const head = json ?? parts;
  if (!head) return ['null'];
  const { from, replyTo, subject, headers } = head;
  const start = JSON.stringify({ from, to: [to], reply_to: replyTo, subject }).slice(0, -1);
  const end = JSON.stringify({ headers, tags: [{ name: 'waybill_delivery', value: deliveryId }] }).slice(1);
  const bodies = json?.bodies ?? JSON.stringify({ html: parts?.html, text: parts?.text }).slice(1, -1);
  return [`${start},`, bodies, `,${end}`];
}

/** One message is an object, several are a list. */
function toBody(messages: EmailMessage[]): Buffer {
  const isList = messages.length !== 1;
  const pieces = messages.flatMap((message, index) => [...(index > 0 ? [','] : []), ...payloadOf(message)]);
  const whole = isList ? ['[', ...pieces, ']'] : pieces;
  return Buffer.concat(whole.map((piece) => (typeof piece === 'string' ? Buffer.from(piece) : piece)));
}

/**
 * The i-th element of `data` belongs to the i-th index that `errors` does not name. Null when the answer does not
 * account for every message exactly once: then nothing can be attributed.
 */
export function mapBatchAnswer(count: number, answer: z.infer<typeof batchSchema>): SendResult[] | null {
  const messages = new Map(answer.errors.map((error) => [error.index, error.message]));
  if (messages.size !== answer.errors.length || answer.data.length + messages.size !== count) return null;
  if ([...messages.keys()].some((index) => index >= count)) return null;
  let next = 0;
  return Array.from({ length: count }, (_, index): SendResult => {
    const message = messages.get(index);
    if (message !== undefined) return classifyResendError(422, 'validation_error', message);
    const id = answer.data[next++]?.id ?? null;
    return { outcome: 'accepted', providerMessageId: id, text: `200 ${id}` };
  });
}

/**
 * Sends through Resend's REST API, a group as one batch under one idempotency key. Anything that is not a complete
 * answer is `unknown`: the same group sent again under the same key settles it.
 */
export class ResendChannel implements Channel<EmailMessage> {
  readonly capabilities: ChannelCapabilities;
  private readonly baseUrl: string;
  private readonly headers: Record<string, string>;
  private readonly timeoutMs: number;
  private isClosing = false;

  constructor(options: ResendOptions) {
    this.baseUrl = (options.baseUrl ?? 'https://api.resend.com').replace(/\/+$/, '');
    this.headers = {
      authorization: `Bearer ${options.apiKey}`,
      'content-type': 'application/json',
      'user-agent': 'waybill',
    };
    this.timeoutMs = options.timeoutMs ?? 30_000;
    this.capabilities = {
      format: 'json',
      maxGroupSize: Math.min(options.maxGroupSize ?? MAX_BATCH, MAX_BATCH),
      concurrentGroups: options.concurrentGroups ?? 8,
      idempotencyWindowMs: IDEMPOTENCY_WINDOW_MS,
    };
  }

  prepare(messages: EmailMessage[]): PreparedGroup {
    const body = toBody(messages);
    return { body, sha256: createHash('sha256').update(body).digest('hex') };
  }

  async send(group: SendGroup<EmailMessage>, signal?: AbortSignal): Promise<SendResult[]> {
    const { messages, idempotencyKey, prepared } = group;
    if (signal?.aborted || this.isClosing) return messages.map(() => NOT_STARTED);
    if (messages.some((message) => !message.parts && !message.json)) {
      return messages.map(() => refusedForGood('internal', 'missing_parts', 'Resend takes parts, not MIME.'));
    }
    return this.sendUnder(idempotencyKey, messages, prepared?.body ?? toBody(messages));
  }

  private async sendUnder(key: string, messages: EmailMessage[], body: Buffer): Promise<SendResult[]> {
    const single = messages.length === 1;
    const answer = await this.post(single ? '/emails' : '/emails/batch', key, body);
    if (answer.kind === 'not_sent') return messages.map(() => refuseNotSent(answer));
    if (answer.kind === 'unknown') return messages.map(() => unknownOutcome(answer.code, answer.text));
    if (answer.status >= 200 && answer.status < 300) return readAccepted(answer.body, messages.length);
    const failure = this.classify(answer);
    if (failure !== POISON) return messages.map(() => failure);
    if (single) {
      const { name, message } = errorOf(answer.body);
      return [classifyResendError(answer.status, name, message)];
    }
    return this.isolate(key, messages);
  }

  /**
   * The whole batch was refused because of some message in it, so none was sent. Each half goes again under a key
   * derived from the group's, so a replay of the group repeats exactly these requests.
   */
  private async isolate(key: string, messages: EmailMessage[]): Promise<SendResult[]> {
    const middle = Math.ceil(messages.length / 2);
    const halves = [messages.slice(0, middle), messages.slice(middle)] as const;
    const left = await this.sendUnder(`${key}.0`, halves[0], toBody(halves[0]));
    const right = await this.sendUnder(`${key}.1`, halves[1], toBody(halves[1]));
    return [...left, ...right];
  }

  private async post(path: string, key: string, body: Buffer): Promise<ProviderAnswer> {
    const headers = { ...this.headers, 'idempotency-key': key, 'x-batch-validation': 'permissive' };
    const request = {
      url: `${this.baseUrl}${path}`,
      method: 'POST',
      headers,
      body,
      timeoutMs: this.timeoutMs,
    } as const;
    let answer = await callProvider(request);
    for (const delayMs of CONCURRENT_WAITS_MS) {
      if (answer.kind !== 'answered' || answer.status !== 409) break;
      if (errorOf(answer.body).name !== 'concurrent_idempotent_requests') break;
      await wait(delayMs);
      answer = await callProvider(request);
    }
    return answer;
  }

  private classify(answer: Extract<ProviderAnswer, { kind: 'answered' }>): SendResult | typeof POISON {
    const { name, message } = errorOf(answer.body);
    return classifyResendError(answer.status, name, message || answer.body, answer.headers, true);
  }

  async verify(): Promise<{ ok: boolean; text: string }> {
    const url = `${this.baseUrl}/domains`;
    const answer = await callProvider({ url, method: 'GET', headers: this.headers, timeoutMs: this.timeoutMs });
    if (answer.kind !== 'answered') return { ok: false, text: answer.text };
    const { name, message } = errorOf(answer.body);
    // A key that may only send is valid although it may not list domains.
    if (answer.status === 200 || name === 'restricted_api_key')
      return { ok: true, text: `${this.baseUrl} accepts the key.` };
    return { ok: false, text: `${answer.status} ${message || answer.body}`.slice(0, 500) };
  }

  /** Starts nothing new; what is on the wire is answered to its sender. */
  async close(): Promise<void> {
    this.isClosing = true;
  }
}

function errorOf(body: string): { name: string; message: string } {
  const parsed = z.object({ name: z.string().default(''), message: z.string().default('') }).safeParse(parseJson(body));
  return parsed.success ? parsed.data : { name: '', message: '' };
}

function readAccepted(body: string, count: number): SendResult[] {
  const json = parseJson(body);
  const doubt = () => Array.from({ length: count }, () => unknownOutcome('bad_response', `200 ${body}`));
  if (count === 1) {
    const one = acceptedSchema.safeParse(json);
    if (!one.success) return doubt();
    return [{ outcome: 'accepted', providerMessageId: one.data.id, text: `200 ${one.data.id}` }];
  }
  const batch = batchSchema.safeParse(json);
  return (batch.success && mapBatchAnswer(count, batch.data)) || doubt();
}
