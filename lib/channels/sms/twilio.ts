import { z } from 'zod';
import type { Channel, ChannelCapabilities, SendGroup, SendResult, SmsMessage } from '@/lib/channels/channel';
import { callProvider, refuseNotSent } from '@/lib/channels/http/call-provider';
import { parseJson } from '@/lib/channels/http/parse-json';
import { unknownOutcome } from '@/lib/channels/rejected';
import { classifyTwilioError } from './classify-twilio-error';
import { Gate } from './gate';
import { sendEach } from './send-each';

export interface TwilioOptions {
  accountSid: string;
  /** User and password of basic auth: the account with its token, or an API key with its secret. */
  keySid?: string;
  secret: string;
  baseUrl?: string;
  timeoutMs?: number;
  /** Requests in flight at once, over all groups. */
  concurrency?: number;
  maxGroupSize?: number;
  concurrentGroups?: number;
}

const GROUPS = 2;
const acceptedSchema = z.object({ sid: z.string().min(1), status: z.string().default('queued') });
const errorSchema = z.object({ code: z.number().nullish(), message: z.string().default('') });

/**
 * Sends through Twilio's Messages API, one request per message. Twilio knows no idempotency key, so a lost answer stays
 * `unknown` until the status callback, which carries our delivery id, speaks.
 */
export class TwilioChannel implements Channel<SmsMessage> {
  readonly capabilities: ChannelCapabilities;
  private readonly accountUrl: string;
  private readonly headers: Record<string, string>;
  private readonly timeoutMs: number;
  private readonly gate: Gate;
  private isClosing = false;

  constructor(options: TwilioOptions) {
    const baseUrl = (options.baseUrl ?? 'https://api.twilio.com').replace(/\/+$/, '');
    this.accountUrl = `${baseUrl}/2010-04-01/Accounts/${encodeURIComponent(options.accountSid)}`;
    const credentials = `${options.keySid ?? options.accountSid}:${options.secret}`;
    this.headers = {
      authorization: `Basic ${Buffer.from(credentials).toString('base64')}`,
      'content-type': 'application/x-www-form-urlencoded',
      'user-agent': 'waybill',
    };
    this.timeoutMs = options.timeoutMs ?? 30_000;
    const concurrency = options.concurrency ?? 120;
    this.gate = new Gate(concurrency);
    this.capabilities = {
      format: 'text',
      // what the ledger holds as on its way is what may be in flight at once, and not more
      maxGroupSize: options.maxGroupSize ?? Math.min(Math.ceil(concurrency / GROUPS), 50),
      concurrentGroups: options.concurrentGroups ?? GROUPS,
      idempotencyWindowMs: 0,
    };
  }

  send(group: SendGroup<SmsMessage>, signal?: AbortSignal): Promise<SendResult[]> {
    return sendEach(
      group,
      this.gate,
      () => this.isClosing || signal?.aborted === true,
      (message) => this.sendOne(message),
    );
  }

  private async sendOne(message: SmsMessage): Promise<SendResult> {
    const form = new URLSearchParams({ To: message.to, Body: message.text });
    form.set(/^MG[0-9a-f]{32}$/i.test(message.from) ? 'MessagingServiceSid' : 'From', message.from);
    if (message.statusCallbackUrl) form.set('StatusCallback', message.statusCallbackUrl);
    const { headers, timeoutMs } = this;
    const url = `${this.accountUrl}/Messages.json`;
    const answer = await callProvider({ url, method: 'POST', headers, body: form.toString(), timeoutMs });
    if (answer.kind === 'unknown') return unknownOutcome(answer.code, answer.text);
    if (answer.kind === 'not_sent') return refuseNotSent(answer);
    const json = parseJson(answer.body);
    if (answer.status >= 200 && answer.status < 300) {
      const accepted = acceptedSchema.safeParse(json);
      if (!accepted.success) return unknownOutcome('bad_response', `${answer.status} ${answer.body}`);
      const { sid, status } = accepted.data;
      return { outcome: 'accepted', providerMessageId: sid, text: `${answer.status} ${status} ${sid}` };
    }
    const error = errorSchema.safeParse(json);
    const code = (error.success && error.data.code) || null;
    const text = (error.success && error.data.message) || answer.body;
    return classifyTwilioError(answer.status, code, text, answer.headers);
  }

  async verify(): Promise<{ ok: boolean; text: string }> {
    const { headers, timeoutMs } = this;
    const answer = await callProvider({ url: `${this.accountUrl}.json`, method: 'GET', headers, timeoutMs });
    if (answer.kind !== 'answered') return { ok: false, text: answer.text };
    if (answer.status === 200) return { ok: true, text: 'Twilio accepts the credentials.' };
    return { ok: false, text: `${answer.status} ${answer.body}`.slice(0, 500) };
  }

  /** Starts nothing new; what is on the wire is answered to its sender. */
  async close(): Promise<void> {
    this.isClosing = true;
  }
}
