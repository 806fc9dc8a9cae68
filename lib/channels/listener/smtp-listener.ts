import { type AddressInfo, createServer, type Socket } from 'node:net';
import { MessageReader, unstuff } from './message-reader';

export interface SmtpReceipt {
  from: string;
  to: string[];
  /** The message as its sender composed it, dots unstuffed. */
  message: Buffer;
}

/** What the listener does at a moment: the reply (without line end) and what becomes of the connection after it. */
export interface SmtpAction {
  reply?: string;
  /** Sent as it is, without a line end. */
  partialReply?: string;
  end?: 'close' | 'reset' | 'reset_on_body';
  delayMs?: number;
}

export interface SmtpConnectionFacts {
  /** Messages answered on this connection so far. */
  messages: number;
}

export type SmtpMoment = 'connect' | 'mail' | 'rcpt' | 'data';

export interface SmtpHooks {
  /** An action instead of the well-behaved answer, or null. */
  at?(moment: SmtpMoment, address: string, connection: SmtpConnectionFacts): SmtpAction | null;
  deliver(receipt: SmtpReceipt, connection: SmtpConnectionFacts, answer: (action: SmtpAction) => void): void;
}

export interface SmtpListener {
  port: number;
  close(): Promise<void>;
}

const MAX_MESSAGE_BYTES = 50 * 1024 * 1024;
const EXTENSIONS = [
  'PIPELINING',
  '8BITMIME',
  'SMTPUTF8',
  `SIZE ${MAX_MESSAGE_BYTES}`,
  'AUTH PLAIN',
  'ENHANCEDSTATUSCODES',
];
const EHLO_REPLY = ['waybill.localhost', ...EXTENSIONS].map(
  (line, i) => `250${i < EXTENSIONS.length ? '-' : ' '}${line}`,
);
const ADDRESS = /<([^<>]*)>/;

class Connection implements SmtpConnectionFacts {
  messages = 0;
  private unread: Buffer = Buffer.alloc(0);
  private reader: MessageReader | null = null;
  private from: string | null = null;
  private to: string[] = [];
  private out = '';
  private busy = false;
  private working = false;
  private resetOnBody = false;
  private readonly socket: Socket;
  private readonly hooks: SmtpHooks;

  constructor(socket: Socket, hooks: SmtpHooks) {
    this.socket = socket;
    this.hooks = hooks;
    socket.on('data', (chunk: Buffer) => {
      this.unread = this.unread.length === 0 ? chunk : Buffer.concat([this.unread, chunk]);
      this.work();
    });
    this.act(hooks.at?.('connect', '', this) ?? { reply: '220 waybill.localhost ESMTP' });
  }

  private work() {
    if (this.working) return;
    this.working = true;
    while (!this.busy && !this.socket.destroyed && this.unread.length > 0) {
      if (this.reader) this.readBody(this.reader);
      else if (!this.readCommand()) break;
    }
    this.working = false;
    this.flush();
  }

  private flush() {
    if (this.out === '' || this.socket.destroyed) return;
    this.socket.write(this.out);
    this.out = '';
  }

  private readCommand(): boolean {
    const end = this.unread.indexOf(10);
    if (end < 0) {
      if (this.unread.length > 8192) this.act({ reply: '500 5.5.2 line too long', end: 'close' });
      return false;
    }
    const line = this.unread.toString('utf8', 0, end).trimEnd();
    this.unread = this.unread.subarray(end + 1);
    this.onCommand(line.slice(0, 4).toUpperCase(), line);
    return true;
  }

  private onCommand(verb: string, line: string) {
    switch (verb) {
      case 'EHLO':
        return this.act({ reply: EHLO_REPLY.join('\r\n') });
      case 'MAIL':
        return this.onMail(ADDRESS.exec(line)?.[1]);
      case 'RCPT':
        return this.onRcpt(ADDRESS.exec(line)?.[1]);
      case 'DATA':
        return this.onData();
      case 'RSET':
        this.resetEnvelope();
        return this.act({ reply: '250 2.0.0 Ok' });
      case 'AUTH':
        return this.act({ reply: /^AUTH PLAIN \S+$/i.test(line) ? '235 2.7.0 Ok' : '504 5.5.4 only PLAIN' });
      case 'QUIT':
        return this.act({ reply: '221 2.0.0 Bye', end: 'close' });
      case 'HELO':
      case 'NOOP':
        return this.act({ reply: '250 2.0.0 Ok' });
      default:
        return this.act({ reply: '502 5.5.1 not implemented' });
    }
  }

  private resetEnvelope() {
    this.from = null;
    this.to = [];
  }

  private onMail(address: string | undefined) {
    if (address === undefined) return this.act({ reply: '501 5.5.4 MAIL FROM:<address>' });
    if (this.from !== null) return this.act({ reply: '503 5.5.1 nested MAIL' });
    const action = this.hooks.at?.('mail', address, this);
    if (!action) this.from = address;
    this.act(action ?? { reply: '250 2.1.0 Ok' });
  }

  private onRcpt(address: string | undefined) {
    if (this.from === null) return this.act({ reply: '503 5.5.1 need MAIL' });
    if (!address) return this.act({ reply: '501 5.1.3 RCPT TO:<address>' });
    const action = this.hooks.at?.('rcpt', address, this);
    if (!action) this.to.push(address);
    this.act(action ?? { reply: '250 2.1.5 Ok' });
  }

  private onData() {
    const recipient = this.to[0];
    if (recipient === undefined) return this.act({ reply: '503 5.5.1 no valid recipients' });
    const action = this.hooks.at?.('data', recipient, this);
    if (!action || action.end === 'reset_on_body') {
      this.reader = new MessageReader();
      this.resetOnBody = action?.end === 'reset_on_body';
      return this.act({ reply: '354 End data with <CR><LF>.<CR><LF>' });
    }
    this.resetEnvelope();
    this.act(action);
  }

  private readBody(reader: MessageReader) {
    if (this.resetOnBody) return void this.socket.resetAndDestroy();
    const found = reader.push(this.unread);
    this.unread = found ? found.rest : Buffer.alloc(0);
    if (reader.sizeBytes > MAX_MESSAGE_BYTES) return this.act({ reply: '552 5.3.4 message too big', end: 'close' });
    if (!found) return;
    this.reader = null;
    const receipt = { from: this.from ?? '', to: this.to, message: unstuff(found.message) };
    this.resetEnvelope();
    this.busy = true;
    this.hooks.deliver(receipt, this, (action) => {
      this.messages++;
      this.busy = false;
      this.act(action);
      if (!this.busy) this.work();
    });
  }

  private act(action: SmtpAction) {
    if (action.delayMs) {
      const { delayMs, ...rest } = action;
      this.busy = true;
      this.flush();
      setTimeout(() => {
        this.busy = false;
        this.act(rest);
        this.work();
      }, delayMs);
      return;
    }
    if (action.reply !== undefined) this.out += `${action.reply}\r\n`;
    if (action.partialReply !== undefined) this.out += action.partialReply;
    if (action.end === 'close') {
      this.busy = true;
      this.flush();
      this.socket.end();
    } else if (action.end === 'reset') {
      this.busy = true;
      // Replies owed before the cut must not be lost with it.
      if (this.out === '') this.socket.resetAndDestroy();
      else this.socket.write(this.out, () => this.socket.resetAndDestroy());
      this.out = '';
    } else if (!this.working) this.flush();
  }
}

/** A small, fast SMTP server: pipelining, one hook per decision, replies of one turn in one write. */
export async function listenSmtp(port: number, host: string, hooks: SmtpHooks): Promise<SmtpListener> {
  const sockets = new Set<Socket>();
  const server = createServer({ noDelay: true }, (socket) => {
    sockets.add(socket);
    socket.on('error', () => socket.destroy());
    socket.on('close', () => sockets.delete(socket));
    new Connection(socket, hooks);
  });
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });
  return {
    port: (server.address() as AddressInfo).port,
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
