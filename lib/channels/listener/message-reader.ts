const END = Buffer.from('\r\n.\r\n');
const LONE_DOT_LENGTH = 3;

/** Collects the bytes of one DATA phase until the line with the lone dot, wherever the chunks are cut. */
export class MessageReader {
  sizeBytes = 0;
  private readonly parts: Buffer[] = [];
  /** The last bytes seen; a body may begin with the dot, hence the line end before it. */
  private tail: Buffer = Buffer.from('\r\n');

  push(chunk: Buffer): { message: Buffer; rest: Buffer } | null {
    const seam = Buffer.concat([this.tail, chunk.subarray(0, END.length - 1)]).indexOf(END);
    const inside = seam >= 0 ? -1 : chunk.indexOf(END);
    const end = seam >= 0 ? seam + END.length - this.tail.length : inside + END.length;
    if (seam < 0 && inside < 0) {
      this.parts.push(chunk);
      this.sizeBytes += chunk.length;
      const last = chunk.length >= END.length - 1 ? chunk : Buffer.concat([this.tail, chunk]);
      this.tail = last.subarray(Math.max(0, last.length - END.length + 1));
      return null;
    }
    this.parts.push(chunk.subarray(0, end));
    const whole = this.parts.length === 1 && this.parts[0] ? this.parts[0] : Buffer.concat(this.parts);
    return { message: whole.subarray(0, whole.length - LONE_DOT_LENGTH), rest: chunk.subarray(end) };
  }
}

/** Takes away the dot RFC 5321 §4.5.2 adds to lines that begin with one. */
export function unstuff(message: Buffer): Buffer {
  if (message[0] !== 46 && !message.includes('\n.')) return message;
  return Buffer.from(message.toString('latin1').replace(/(^|\n)\./g, '$1'), 'latin1');
}
