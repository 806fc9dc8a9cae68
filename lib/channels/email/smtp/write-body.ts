import type { Socket } from 'node:net';
import { TLSSocket } from 'node:tls';
import type { SmtpJob } from './envelope';

const ONE_WRITE_BYTES = 64 * 1024;
const BLOCK_BYTES = 128 * 1024;

interface BodyWriter {
  /** Builds what follows the body: the final dot and perhaps the next envelope. Asked for exactly once, at the end. */
  tail(): { text: string; encoding: 'latin1' | 'utf8' };
  onBlock(): void;
  /** The kernel took not one byte of a write that held the final dot: the message has certainly not left. */
  onRefused(): void;
}

/**
 * Writes a message and its final dot. Up to 64 kB it is one write; beyond that the dot is withheld until the kernel has
 * taken the whole body, so a connection that dies in the middle of a large message leaves no doubt.
 */
export function writeBody(socket: Socket, job: SmtpJob, writer: BodyWriter): void {
  if (job.sizeBytes <= ONE_WRITE_BYTES) {
    const tail = writer.tail();
    socket.write(job.mime + tail.text, job.encoding === 'utf8' ? 'utf8' : tail.encoding);
    // A plain socket reports a refused write at once, and then nothing of it was taken.
    if (socket.errored && !(socket instanceof TLSSocket)) writer.onRefused();
    return;
  }
  const body = Buffer.from(job.mime, job.encoding);
  let offset = 0;
  const next = (error?: Error | null) => {
    if (error || socket.destroyed) return;
    writer.onBlock();
    if (offset >= body.length) {
      const tail = writer.tail();
      socket.write(tail.text, tail.encoding);
      return;
    }
    const end = Math.min(offset + BLOCK_BYTES, body.length);
    const block = body.subarray(offset, end);
    offset = end;
    socket.write(block, next);
  };
  next();
}
