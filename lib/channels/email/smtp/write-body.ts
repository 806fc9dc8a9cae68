import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SmtpJob } from './envelope';

const ONE_WRITE_BYTES = 64 * 1024;
const BLOCK_BYTES = 128 * 1024;

interface BodyHooks {
  /** Builds what follows the body: the final dot and perhaps the next envelope. Asked for exactly once, at the end. */
  tail(): { text: string; encoding: 'latin1' | 'utf8' };
  onBlock(): void;
  /** The kernel took not one byte of a write that held the final dot: the message has certainly not left. */
  onRefused(): void;
}

/**
 * Writes messages and their final dots to one socket. Up to 64 kB a message is one write; beyond that the dot is
 * withheld until the kernel has taken the whole body, so a connection that dies in the middle leaves no doubt.
 */
export class BodyWriter {
  private readonly socket: Socket;
  /** Kept between messages: the message's own may be filled anew as soon as it has its result. */
  private buffer = Buffer.allocUnsafeSlow(0);
  private isBufferFree = true;
  private readonly free = () => {
    this.isBufferFree = true;
  };

  constructor(socket: Socket) {
    this.socket = socket;
  }

  write(job: SmtpJob, hooks: BodyHooks): void {
    // a copy: what waits for the kernel may outlive the result
    if (job.mime.length > ONE_WRITE_BYTES) this.writeBlocks(Buffer.from(job.mime), hooks);
    else this.writeWhole(job, hooks);
  }

  private writeWhole(job: SmtpJob, hooks: BodyHooks): void {
    const { text, encoding } = hooks.tail();
    const tailBytes = encoding === 'latin1' ? text.length : Buffer.byteLength(text);
    const buffer = this.takeBuffer(job.mime.length + tailBytes);
    buffer.set(job.mime);
    const end = job.mime.length;
    buffer.write(text, end, encoding);
    this.socket.write(buffer.subarray(0, end + tailBytes), this.free);
    // A plain socket reports a refused write at once, and then nothing of it was taken.
    if (this.socket.errored && !(this.socket instanceof TLSSocket)) hooks.onRefused();
  }

  private takeBuffer(bytes: number): Buffer {
    if (!this.isBufferFree) return Buffer.allocUnsafe(bytes);
    if (this.buffer.length < bytes) this.buffer = Buffer.allocUnsafeSlow(Math.ceil(bytes / 8192) * 8192);
    this.isBufferFree = false;
    return this.buffer;
  }

  private writeBlocks(body: Buffer, hooks: BodyHooks): void {
    const { socket } = this;
    let offset = 0;
    const next = (error?: Error | null) => {
      if (error || socket.destroyed) return;
      hooks.onBlock();
      if (offset >= body.length) {
        const { text, encoding } = hooks.tail();
        socket.write(text, encoding);
        return;
      }
      const end = Math.min(offset + BLOCK_BYTES, body.length);
      const block = body.subarray(offset, end);
      offset = end;
      socket.write(block, next);
    };
    next();
  }
}
