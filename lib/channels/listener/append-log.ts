import { close, fdatasync, fstatSync, ftruncateSync, openSync, writev } from 'node:fs';
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
  private keptBytes: number;
  private closing: Promise<void> | null = null;

  constructor(path: string, options: { durable: boolean }) {
    this.path = path;
    this.durable = options.durable;
    this.fd = openSync(path, 'a', 0o600);
    this.sizeBytes = fstatSync(this.fd).size;
    this.keptBytes = this.sizeBytes;
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
    const bytes = buffers.reduce((sum, buffer) => sum + buffer.byteLength, 0);
    const finish = (error: Error | null) => {
      this.writing = false;
      this.failure ??= error;
      if (!error) this.keptBytes += bytes;
      for (const done of waiting) done(error);
      if (this.waiting.length > 0 && !this.writing) this.write();
    };
    if (buffers.length === 0) return finish(null);
    writev(this.fd, buffers, (error, written) => {
      if (error || written < bytes) this.takeBack(error ?? new Error('the disk is full'), waiting);
      else if (this.durable) fdatasync(this.fd, finish);
      else finish(null);
    });
  }

  /** Cuts off what was written of a record in part, so that the next can be kept as soon as there is space again. */
  private takeBack(error: Error, waiting: Done[]) {
    const refused = [...waiting, ...this.waiting];
    this.buffers = [];
    this.waiting = [];
    this.writing = false;
    try {
      ftruncateSync(this.fd, this.keptBytes);
      this.sizeBytes = this.keptBytes;
    } catch (cause) {
      this.failure = new Error(error.message, { cause });
    }
    for (const done of refused) done(error);
  }
}
