import { close, fdatasync, fstatSync, openSync, writev } from 'node:fs';
import { promisify } from 'node:util';

type Done = (error: Error | null) => void;

/**
 * A file that only grows. Appends made while a write is under way leave together in the next one, so durability costs
 * one fdatasync per group instead of one per record.
 */
export class AppendLog {
  readonly path: string;
  private readonly fd: number;
  private readonly durable: boolean;
  private buffers: Uint8Array[] = [];
  private waiting: Done[] = [];
  private writing = false;
  private failure: Error | null = null;
  private sizeBytes: number;
  private closing: Promise<void> | null = null;

  constructor(path: string, options: { durable: boolean }) {
    this.path = path;
    this.durable = options.durable;
    this.fd = openSync(path, 'a', 0o600);
    this.sizeBytes = fstatSync(this.fd).size;
  }

  /** Bytes the file will hold once everything appended so far is written. */
  get size(): number {
    return this.sizeBytes;
  }

  /** Calls back when the record is on disk (`durable`) or handed to the operating system, or could not be written. */
  append(parts: Uint8Array[], done: Done) {
    if (this.failure) return done(this.failure);
    for (const part of parts) {
      this.buffers.push(part);
      this.sizeBytes += part.byteLength;
    }
    this.waiting.push(done);
    if (!this.writing) this.write();
  }

  /** Waits for everything appended so far. */
  flush(): Promise<void> {
    return new Promise((resolve, reject) => this.append([], (error) => (error ? reject(error) : resolve())));
  }

  close(): Promise<void> {
    this.closing ??= this.flush().then(() => promisify(close)(this.fd));
    return this.closing;
  }

  private write() {
    this.writing = true;
    const { buffers, waiting } = this;
    this.buffers = [];
    this.waiting = [];
    const finish = (error: Error | null) => {
      this.writing = false;
      this.failure ??= error;
      for (const done of waiting) done(error);
      if (this.waiting.length > 0 && !this.writing) this.write();
    };
    if (buffers.length === 0) return finish(null);
    writev(this.fd, buffers, (error) => {
      if (error || !this.durable) finish(error);
      else fdatasync(this.fd, finish);
    });
  }
}
