import { setTimeout as wait } from 'node:timers/promises';
import type { Channel, ChannelCapabilities, SendGroup, SendResult, SmsMessage } from '@/lib/channels/channel';
import { refusedForGood, refusedForNow, unknownOutcome } from '@/lib/channels/rejected';
import { Gate } from '@/lib/channels/sms/gate';
import { sendEach } from '@/lib/channels/sms/send-each';
import { describeError } from '@/lib/errors';
import { classifySmppStatus, isThrottled } from './classify-smpp-status';
import { encodeSms } from './encode-sms';
import type { SmppReceipt } from './parse-receipt';
import { BindError, SmppLink, type SubmitAnswer } from './smpp-link';

export interface SmppOptions {
  host: string;
  port: number;
  tls?: boolean;
  systemId: string;
  password: string;
  systemType?: string;
  /** Submissions without an answer at once. */
  window?: number;
  connectTimeoutMs?: number;
  responseTimeoutMs?: number;
  enquireMs?: number;
  maxGroupSize?: number;
  concurrentGroups?: number;
  /** With it the channel binds as transceiver and asks for receipts; without it, as transmitter. */
  onReceipt?: (receipt: SmppReceipt) => Promise<void>;
}

const UDH_INDICATOR = 0x40;
const GROUPS = 2;
const LATER_PART_TRIES = 5;
const LATER_PART_DELAY_MS = 500;

/** Type of number and numbering plan: alphanumeric, short code, or international. */
function addressFields(role: 'source' | 'dest', address: string): Record<string, unknown> {
  const digits = address.replace(/^\+/, '');
  const international = { ton: 1, npi: 1, addr: digits };
  const short = { ton: 3, npi: 0, addr: digits };
  const named = { ton: 5, npi: 0, addr: address };
  const { ton, npi, addr } = !/^\d+$/.test(digits)
    ? named
    : address.startsWith('+') || digits.length > 8
      ? international
      : short;
  const name = role === 'source' ? 'source_addr' : 'destination_addr';
  return { [`${role}_addr_ton`]: ton, [`${role}_addr_npi`]: npi, [name]: addr };
}

/**
 * Sends over one SMPP 3.4 bind with a window of unanswered submissions. SMPP knows no idempotency: a submission without
 * an answer stays `unknown`; the delivery id travels as user_message_reference for SMSCs that echo it.
 */
export class SmppChannel implements Channel<SmsMessage> {
  readonly capabilities: ChannelCapabilities;
  private readonly options: SmppOptions;
  private readonly gate: Gate;
  private link: Promise<SmppLink> | null = null;
  private isClosing = false;

  constructor(options: SmppOptions) {
    this.options = options;
    const window = options.window ?? 50;
    this.gate = new Gate(window);
    this.capabilities = {
      format: 'text',
      // what the ledger holds as on its way is what the window takes, and not more
      maxGroupSize: options.maxGroupSize ?? Math.min(Math.ceil(window / GROUPS), 50),
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
    const reference = Number(BigInt.asUintN(16, BigInt(message.deliveryId)));
    const { dataCoding, parts } = encodeSms(message.text, reference);
    const shared = {
      ...addressFields('source', message.from),
      ...addressFields('dest', message.to),
      data_coding: dataCoding,
      esm_class: parts.length > 1 ? UDH_INDICATOR : 0,
      user_message_reference: reference,
    };
    let messageId: string | null = null;
    for (const [index, short_message] of parts.entries()) {
      const isLast = index === parts.length - 1;
      // One receipt per message: the last part arrives when all do, and its id is the one we keep.
      const registered_delivery = isLast && this.options.onReceipt ? 1 : 0;
      const fields = { ...shared, short_message, registered_delivery };
      const answer = index === 0 ? await this.submit(fields) : await this.submitLater(fields);
      if ('outcome' in answer) return index === 0 ? answer : partial(index, parts.length, answer.code, answer.text);
      if (answer.kind === 'unknown') return unknownOutcome(answer.code, answer.text);
      if (answer.kind === 'not_sent' && index === 0) return refusedForNow('provider', answer.code, answer.text);
      if (answer.kind === 'not_sent') return partial(index, parts.length, answer.code, answer.text);
      if (answer.status !== 0) {
        const rejection = classifySmppStatus(answer.status);
        return index === 0 ? rejection : partial(index, parts.length, rejection.code, rejection.text);
      }
      messageId = answer.messageId;
    }
    return { outcome: 'accepted', providerMessageId: messageId, text: `submit_sm_resp 0, ${parts.length} parts` };
  }

  private async submit(
    fields: Record<string, unknown>,
  ): Promise<SubmitAnswer | Extract<SendResult, { outcome: 'rejected' }>> {
    try {
      return await (await this.bound()).submit(fields);
    } catch (error) {
      if (error instanceof BindError) return error.rejection;
      return refusedForNow('internal', 'smpp_failed', describeError(error));
    }
  }

  /** Part one is out, so a part that was certainly refused for a passing reason is worth some patience here. */
  private async submitLater(fields: Record<string, unknown>) {
    let answer = await this.submit(fields);
    for (let attempt = 1; attempt < LATER_PART_TRIES; attempt++) {
      const passing =
        'outcome' in answer
          ? answer.retryable
          : answer.kind === 'not_sent' || (answer.kind === 'answered' && isThrottled(answer.status));
      if (!passing) break;
      await wait(LATER_PART_DELAY_MS * attempt);
      answer = await this.submit(fields);
    }
    return answer;
  }

  private bound(): Promise<SmppLink> {
    if (this.link) return this.link;
    const { options } = this;
    const settings = {
      host: options.host,
      port: options.port,
      tls: options.tls ?? false,
      systemId: options.systemId,
      password: options.password,
      systemType: options.systemType ?? '',
      connectTimeoutMs: options.connectTimeoutMs ?? 30_000,
      responseTimeoutMs: options.responseTimeoutMs ?? 60_000,
      enquireMs: options.enquireMs ?? 30_000,
      onReceipt: options.onReceipt,
    };
    const forget = () => {
      if (this.link === opening) this.link = null;
    };
    const opening = SmppLink.open(settings, forget).catch((error: unknown) => {
      forget();
      throw error;
    });
    this.link = opening;
    return opening;
  }

  async verify(): Promise<{ ok: boolean; text: string }> {
    try {
      await this.bound();
      return { ok: true, text: `${this.options.host}:${this.options.port} bound ${this.options.systemId}.` };
    } catch (error) {
      return { ok: false, text: describeError(error) };
    }
  }

  async close(): Promise<void> {
    this.isClosing = true;
    const link = await this.link?.catch(() => null);
    link?.retire();
  }
}

/** Some parts are out: sending again would repeat them, so this is final, and says what the customer got. */
function partial(sent: number, total: number, code: string, text: string): SendResult {
  return refusedForGood(
    'content',
    `partial_${code}`,
    `Part ${sent + 1} of ${total} was refused, ${sent} went out: ${text}`,
  );
}
