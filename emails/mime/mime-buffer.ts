const FIRST_BYTES = 32 * 1024;

/**
 * Where the bytes of one message are put together. Kept and used again for the next message: messages made as strings
 * would each be copied through the heap several times before they reach the socket.
 */
export class MimeBuffer {
  private bytes = Buffer.allocUnsafeSlow(FIRST_BYTES);
  private end = 0;

  get length(): number {
    return this.end;
  }

  clear(): void {
    this.end = 0;
  }

  /** Appends text as UTF-8. */
  text(text: string): void {
    this.reserve(text.length * 3);
    this.end += this.bytes.write(text, this.end, 'utf8');
  }

  /** Appends text of ASCII characters. */
  ascii(text: string): void {
    this.reserve(text.length);
    this.end += this.bytes.write(text, this.end, 'latin1');
  }

  copy(bytes: Buffer): void {
    this.reserve(bytes.length);
    this.bytes.set(bytes, this.end);
    this.end += bytes.length;
  }

  /** What was put together; valid until the next `clear`. */
  view(): Buffer {
    return this.bytes.subarray(0, this.end);
  }

  private reserve(bytes: number): void {
    const needed = this.end + bytes;
    if (needed <= this.bytes.length) return;
    const larger = Buffer.allocUnsafeSlow(Math.max(needed, this.bytes.length * 2));
    this.bytes.copy(larger, 0, 0, this.end);
    this.bytes = larger;
  }
}
