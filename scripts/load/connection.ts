import net from 'node:net';

/** What stands between the end of one answer's head and the beginning of the next answer. */
type Rest = { bytes: number } | 'chunks' | 'until close';

const HEAD_END = Buffer.from('\r\n\r\n');
const LAST_CHUNK = Buffer.from('0\r\n\r\n');

function restOf(head: string, status: number): Rest {
  if (status === 204 || status === 304) return { bytes: 0 };
  const length = /\r\ncontent-length: *(\d+)/i.exec(head)?.[1];
  if (length !== undefined) return { bytes: Number(length) };
  return /\r\ntransfer-encoding: *chunked/i.test(head) ? 'chunks' : 'until close';
}

/**
 * One kept connection over which one request at a time is asked, no more of HTTP than a server's own answers need: the
 * load shares its processors with what it measures, and Node's client would take as much of them as the server.
 */
export class Connection {
  private readonly socket: net.Socket;
  private received: Buffer = Buffer.alloc(0);
  private done: ((status: number) => void) | null = null;
  private status = 0;
  private rest: Rest | null = null;
  private mustClose = false;
  isOpen = true;

  constructor(port: number) {
    this.socket = net.connect({ port, host: '127.0.0.1', noDelay: true });
    this.socket.on('data', (piece) => this.take(piece));
    this.socket.on('error', () => this.socket.destroy());
    this.socket.on('close', () => {
      this.isOpen = false;
      this.answer(this.rest === 'until close' ? this.status : 0);
    });
  }

  /** Sends a whole request; `done` gets the status, or 0 when no complete answer came. */
  ask(request: string, done: (status: number) => void): void {
    this.done = done;
    this.socket.write(request);
  }

  end(): void {
    this.socket.destroy();
  }

  private answer(status: number): void {
    const { done } = this;
    this.done = null;
    this.rest = null;
    this.received = Buffer.alloc(0);
    if (this.mustClose) this.isOpen = false;
    done?.(status);
    if (this.mustClose) this.socket.destroy();
  }

  private take(piece: Buffer): void {
    this.received = this.received.length === 0 ? piece : Buffer.concat([this.received, piece]);
    if (this.rest === null) {
      const end = this.received.indexOf(HEAD_END);
      if (end < 0) return;
      const head = this.received.toString('latin1', 0, end);
      this.status = Number(head.slice(9, 12));
      this.rest = restOf(head, this.status);
      this.mustClose = /\r\nconnection: *close/i.test(head);
      this.received = this.received.subarray(end + HEAD_END.length);
    }
    if (this.rest === 'until close') return;
    const isWhole =
      this.rest === 'chunks'
        ? this.received.subarray(-LAST_CHUNK.length).equals(LAST_CHUNK)
        : this.received.length >= this.rest.bytes;
    if (isWhole) this.answer(this.status);
  }
}
