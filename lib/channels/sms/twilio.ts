import { z } from 'zod';
import type {
  Channel,
  ChannelCapabilities,
  ListedMessage,
  SendGroup,
  SendResult,
  SmsMessage,
} from '@/lib/channels/channel';
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
const DAY_MS = 86_400_000;
/** Clocks differ before the intent; after it, the longest that a request can take to be taken up. */
const LISTED_BEFORE_MS = 2 * 60_000;
const LISTED_AFTER_MS = 15 * 60_000;
const acceptedSchema = z.object({ sid: z.string().min(1), status: z.string().default('queued') });
const listedSchema = z.object({
  sid: z.string().min(1),
  to: z.string(),
  from: z.string().nullish(),
  messaging_service_sid: z.string().nullish(),
  body: z.string(),
  direction: z.string(),
  date_created: z.string(),
  status: z.string(),
  error_code: z.union([z.number(), z.string()]).nullish(),
  error_message: z.string().nullish(),
});
const listSchema = z.object({ messages: z.array(listedSchema), next_page_uri: z.string().nullish() });
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

  async lookUp(message: SmsMessage, intentAt: Date): Promise<ListedMessage[] | null> {
    const since = new Date(intentAt.getTime() - DAY_MS).toISOString().slice(0, 10);
    const query = new URLSearchParams({ To: message.to, 'DateSent>': since, PageSize: '200' });
    const { headers, timeoutMs } = this;
    const url = `${this.accountUrl}/Messages.json?${query}`;
    const answer = await callProvider({ url, method: 'GET', headers, timeoutMs });
    if (answer.kind !== 'answered' || answer.status !== 200) return null;
    const list = listSchema.safeParse(parseJson(answer.body));
    // more than one page: what is not seen could be the one
    if (!list.success || list.data.next_page_uri) return null;
    return list.data.messages.flatMap((listed) => {
      const lateMs = Date.parse(listed.date_created) - intentAt.getTime();
      const fits = lateMs >= -LISTED_BEFORE_MS && lateMs <= LISTED_AFTER_MS;
      const isFrom = message.from === listed.from || message.from === listed.messaging_service_sid;
      if (!fits || !isFrom || listed.to !== message.to || listed.body !== message.text) return [];
      if (!listed.direction.startsWith('outbound')) return [];
      const { sid: providerMessageId, status, error_code: code, error_message: errorText = null } = listed;
      return [{ providerMessageId, status, errorCode: code ? String(code) : null, errorText }];
    });
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
