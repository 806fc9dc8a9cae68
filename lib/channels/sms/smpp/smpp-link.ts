import { TLSSocket } from 'node:tls';
import smpp, { type Pdu, type Session } from 'smpp';
import { providerDialling } from '@/lib/channels/http/guard-address';
import { type Rejected, refusedForNow } from '@/lib/channels/rejected';
import { describeError } from '@/lib/errors';
import { classifySmppStatus } from './classify-smpp-status';
import { parseReceipt, type SmppReceipt } from './parse-receipt';

export interface SmppLinkOptions {
  host: string;
  port: number;
  tls: boolean;
  systemId: string;
  password: string;
  systemType: string;
  connectTimeoutMs: number;
  responseTimeoutMs: number;
  enquireMs: number;
  /** Told of each receipt before the SMSC is; while it fails, the SMSC keeps the receipt and tries again. */
  onReceipt?: (receipt: SmppReceipt) => Promise<void>;
}

export type SubmitAnswer =
  | { kind: 'answered'; status: number; messageId: string | null }
  | { kind: 'not_sent'; code: string; text: string }
  | { kind: 'unknown'; code: string; text: string };

const CODES: Record<string, string> = { ECONNREFUSED: 'connection_refused', EFORBIDDENHOST: 'forbidden_host' };

/** No bound session came about; `rejection` is the definite result of what waited for it. */
export class BindError extends Error {
  readonly rejection: Rejected;
  constructor(rejection: Rejected) {
    super(rejection.text);
    this.rejection = rejection;
  }
}

const TEMPORARY = 0x64;
const REFUSED = 0x66;

function diallingOf(host: string): ReturnType<typeof providerDialling> {
  try {
    return providerDialling(host);
  } catch (error) {
    throw new BindError(refusedForNow('account', 'forbidden_host', describeError(error)));
  }
}

/** One bound SMPP session. Its sequence numbers mean nothing to any other, so a late answer can never be misread. */
export class SmppLink {
  isOpen = true;
  private isRetiring = false;
  private hasEnded = false;
  private readonly session: Session;
  private readonly options: SmppLinkOptions;
  private readonly onClosed: () => void;
  private readonly pending = new Set<(answer: SubmitAnswer) => void>();
  private readonly enquiry: NodeJS.Timeout;

  private constructor(session: Session, options: SmppLinkOptions, onClosed: () => void) {
    this.session = session;
    this.options = options;
    this.onClosed = onClosed;
    session.on('close', () => this.end('connection_lost', 'the SMSC closed the connection'));
    session.on('error', (error: Error) => this.end('connection_lost', error.message));
    session.on('enquire_link', (pdu: Pdu) => session.send(pdu.response()));
    session.on('unbind', (pdu: Pdu) => {
      session.send(pdu.response());
      this.retire();
    });
    session.on('deliver_sm', (pdu: Pdu) => void this.receive(pdu));
    this.enquiry = setInterval(() => this.enquire(), options.enquireMs).unref();
  }

  /** Connects and binds; throws BindError. */
  static async open(options: SmppLinkOptions, onClosed: () => void): Promise<SmppLink> {
    const { host, port, tls } = options;
    const dialling = diallingOf(host);
    const session = smpp.connect({ host, port, tls, servername: tls ? host : undefined, ...dialling });
    // A reset that arrives after we gave up must not become an uncaught error.
    session.on('error', () => undefined);
    return await new Promise((resolve, reject) => {
      const fail = (rejection: Rejected) => {
        clearTimeout(timer);
        session.destroy();
        reject(new BindError(rejection));
      };
      const lost = (error?: NodeJS.ErrnoException) => {
        const code = CODES[error?.code ?? ''] ?? 'connection_failed';
        fail(
          refusedForNow(
            code === 'forbidden_host' ? 'account' : 'provider',
            code,
            `${host}:${port}: ${error?.message ?? 'closed before the bind'}`,
          ),
        );
      };
      const timer = setTimeout(
        () => fail(refusedForNow('provider', 'connect_timeout', `${host}:${port} did not bind in time`)),
        options.connectTimeoutMs,
      );
      session.once('error', lost);
      session.once('close', lost);
      session.once(tls ? 'secureConnect' : 'connect', () => {
        const who = { system_id: options.systemId, password: options.password, system_type: options.systemType };
        const bind = { ...who, interface_version: 0x34 };
        const onBound = (pdu: Pdu) => {
          if (pdu.command_status !== 0) return fail(classifySmppStatus(pdu.command_status));
          clearTimeout(timer);
          const link = new SmppLink(session, options, onClosed);
          session.off('error', lost);
          session.off('close', lost);
          resolve(link);
        };
        if (options.onReceipt) session.bind_transceiver(bind, onBound);
        else session.bind_transmitter(bind, onBound);
      });
    });
  }

  submit(fields: Record<string, unknown>): Promise<SubmitAnswer> {
    const lost = { kind: 'not_sent', code: 'connection_lost', text: 'the session had ended' } as const;
    if (!this.isOpen) return Promise.resolve(lost);
    return new Promise((resolve) => {
      const settle = (answer: SubmitAnswer) => {
        clearTimeout(timer);
        if (!this.pending.delete(settle)) return;
        resolve(answer);
        this.closeIfDone();
      };
      const { responseTimeoutMs } = this.options;
      const timer = setTimeout(
        () => settle({ kind: 'unknown', code: 'timeout', text: `no submit_sm_resp within ${responseTimeoutMs} ms` }),
        responseTimeoutMs,
      );
      this.pending.add(settle);
      const handed = this.session.submit_sm(fields, (pdu) => {
        const id = typeof pdu.message_id === 'string' && pdu.message_id !== '' ? pdu.message_id : null;
        settle({ kind: 'answered', status: pdu.command_status, messageId: id });
      });
      // A plain socket reports a refused write at once, and then nothing of it was taken.
      const { socket } = this.session;
      if (!handed || (socket.errored && !(socket instanceof TLSSocket))) settle(lost);
    });
  }

  /** Takes nothing new (a new link may be opened beside it) and leaves when the answers owed have come. */
  retire(): void {
    this.isRetiring = true;
    this.isOpen = false;
    this.onClosed();
    this.closeIfDone();
  }

  private closeIfDone(): void {
    if (!this.isRetiring || this.pending.size > 0) return;
    this.session.unbind();
    this.session.close();
    this.end('connection_lost', 'unbound');
  }

  private enquire(): void {
    const timer = setTimeout(() => this.end('timeout', 'no answer to enquire_link'), this.options.enquireMs).unref();
    this.session.enquire_link(() => clearTimeout(timer));
  }

  private async receive(pdu: Pdu): Promise<void> {
    const receipt = parseReceipt(pdu);
    if (!receipt || !this.options.onReceipt) {
      this.session.send(pdu.response({ command_status: REFUSED }));
      return;
    }
    const kept = await this.options.onReceipt(receipt).then(
      () => true,
      () => false,
    );
    this.session.send(pdu.response(kept ? {} : { command_status: TEMPORARY }));
  }

  private end(code: string, text: string): void {
    if (this.hasEnded) return;
    this.hasEnded = true;
    this.isOpen = false;
    clearInterval(this.enquiry);
    if (!this.isRetiring) this.session.destroy();
    for (const settle of [...this.pending]) settle({ kind: 'unknown', code, text });
    this.onClosed();
  }
}
