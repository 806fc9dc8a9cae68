import type { Socket } from 'node:net';
import { MalformedReply, ReplyParser, type SmtpReply } from './reply-parser';

/** The connection ended or fell silent before the awaited reply was complete. */
export class DialogueError extends Error {
  readonly code: string;
  constructor(code: string, message: string, cause?: unknown) {
    super(message, { cause });
    this.code = code;
  }
}

/** One question, one answer: the part of an SMTP connection before mail transactions begin. */
export class Dialogue {
  readonly socket: Socket;
  private readonly parser = new ReplyParser();
  private readonly replies: SmtpReply[] = [];
  private failure: DialogueError | null = null;
  private wake: (() => void) | null = null;

  constructor(socket: Socket) {
    this.socket = socket;
    socket.on('data', this.onData);
    socket.on('error', this.onError);
    socket.on('close', this.onClose);
  }

  private readonly onData = (chunk: Buffer) => {
    try {
      this.parser.push(chunk.toString('latin1'), (reply) => this.replies.push(reply));
    } catch (error) {
      this.fail('protocol_error', error instanceof MalformedReply ? error.message : String(error), error);
    }
    if (this.replies.length > 0) this.wake?.();
  };

  private readonly onError = (error: NodeJS.ErrnoException) => {
    this.fail(error.code ?? 'connection_lost', error.message, error);
  };

  private readonly onClose = () => {
    this.fail('connection_lost', 'the server closed the connection');
  };

  private fail(code: string, message: string, cause?: unknown) {
    this.failure ??= new DialogueError(code, message, cause);
    this.wake?.();
  }

  /** The next complete reply; throws DialogueError. */
  async read(timeoutMs: number, what: string): Promise<SmtpReply> {
    if (this.replies.length === 0 && !this.failure) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
        timer = setTimeout(() => this.fail('timeout', `no ${what} within ${timeoutMs} ms`), timeoutMs);
      });
      clearTimeout(timer);
      this.wake = null;
    }
    const reply = this.replies.shift();
    if (reply) return reply;
    throw this.failure ?? new DialogueError('connection_lost', `no ${what}`);
  }

  async ask(line: string, timeoutMs: number, what = `answer to ${line.split(' ', 1)[0]}`): Promise<SmtpReply> {
    this.socket.write(`${line}\r\n`);
    return this.read(timeoutMs, what);
  }

  /** Hands the socket on; throws DialogueError if the server said more than it was asked (STARTTLS injection). */
  release(): Socket {
    this.socket.off('data', this.onData);
    this.socket.off('error', this.onError);
    this.socket.off('close', this.onClose);
    if (this.failure) throw this.failure;
    if (this.replies.length > 0 || this.parser.hasPartial) {
      throw new DialogueError('protocol_error', 'the server spoke out of turn');
    }
    return this.socket;
  }
}
