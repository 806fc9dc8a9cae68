import { closeSync, mkdirSync, openSync, readdirSync, readSync, rmSync, truncateSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { AppendLog } from '@/lib/channels/listener/append-log';
import { indexHeaders } from '@/lib/channels/listener/index-headers';

const recordSchema = z.object({
  id: z.number().int(),
  channel: z.enum(['email', 'sms']),
  from: z.string(),
  to: z.string(),
  /** Subject of an email; the text of an SMS. */
  title: z.string(),
  messageId: z.string(),
  /** Unix milliseconds. */
  at: z.number(),
  bytes: z.number().int().nonnegative(),
});
type CaptureRecord = z.infer<typeof recordSchema>;

export interface CapturedEntry extends CaptureRecord {
  segment: number;
  offset: number;
}

export interface InboxQuery {
  to?: string;
  q?: string;
  channel?: string;
  /** Entries older than this id. */
  before?: number;
  limit: number;
}

export interface InboxOptions {
  dir: string;
  durable: boolean;
  segmentBytes?: number;
  /** The oldest segments are dropped beyond this. */
  maxBytes?: number;
}

const SEGMENT = /^capture-(\d{8})\.log$/;
const segmentName = (number: number) => `capture-${String(number).padStart(8, '0')}.log`;
const NEWLINE = Buffer.from('\n');

/**
 * Every captured message, in append-only segment files (a JSON line, the message as it came, a line feed) with an index in
 * memory that is read back on start. A record torn by a crash is cut off.
 */
export class Inbox {
  private readonly dir: string;
  private readonly durable: boolean;
  private readonly segmentBytes: number;
  private readonly maxBytes: number;
  private entries: CapturedEntry[] = [];
  private log: AppendLog;
  private segment: number;
  private segmentSizes = new Map<number, number>();
  private nextId = 1;

  constructor(options: InboxOptions) {
    this.dir = options.dir;
    this.durable = options.durable;
    this.segmentBytes = options.segmentBytes ?? 64 * 1024 * 1024;
    this.maxBytes = options.maxBytes ?? 4 * 1024 * 1024 * 1024;
    mkdirSync(this.dir, { recursive: true, mode: 0o700 });
    const numbers = readdirSync(this.dir).map((name) => Number(SEGMENT.exec(name)?.[1] ?? Number.NaN));
    const segments = numbers.filter((number) => !Number.isNaN(number)).sort((a, b) => a - b);
    for (const number of segments) this.load(number);
    this.segment = segments.at(-1) ?? 1;
    this.log = this.openLog();
  }

  get totals(): { email: number; sms: number; bytes: number } {
    const email = this.entries.filter((entry) => entry.channel === 'email').length;
    const bytes = [...this.segmentSizes.values()].reduce((sum, size) => sum + size, 0);
    return { email, sms: this.entries.length - email, bytes };
  }

  addEmail(from: string, to: string, message: Buffer, done: (error: Error | null, id: number) => void): void {
    const { subject, messageId } = indexHeaders(message);
    this.add({ channel: 'email', from, to, title: subject, messageId }, message, done);
  }

  addSms(from: string, to: string, sid: string, text: string, done: (error: Error | null, id: number) => void): void {
    this.add({ channel: 'sms', from, to, title: text, messageId: sid }, Buffer.from(text, 'utf8'), done);
  }

  /** Newest first. */
  find(query: InboxQuery): CapturedEntry[] {
    const to = query.to?.toLowerCase();
    const q = query.q?.toLowerCase();
    const found: CapturedEntry[] = [];
    for (let i = this.entries.length - 1; i >= 0 && found.length < query.limit; i--) {
      const entry = this.entries[i];
      if (!entry || (query.before !== undefined && entry.id >= query.before)) continue;
      if (query.channel && entry.channel !== query.channel) continue;
      if (to && entry.to.toLowerCase() !== to) continue;
      if (q && !`${entry.to}\n${entry.title}\n${entry.from}\n${entry.messageId}`.toLowerCase().includes(q)) continue;
      found.push(entry);
    }
    return found;
  }

  async read(id: number): Promise<{ entry: CapturedEntry; raw: Buffer } | null> {
    const entry = this.entries.find((one) => one.id === id);
    if (!entry) return null;
    if (entry.segment === this.segment) await this.log.flush();
    const file = await open(join(this.dir, segmentName(entry.segment)), 'r');
    try {
      const raw = Buffer.alloc(entry.bytes);
      await file.read(raw, 0, entry.bytes, entry.offset);
      return { entry, raw };
    } finally {
      await file.close();
    }
  }

  async clear(): Promise<void> {
    this.entries = [];
    const old = [...this.segmentSizes.keys()];
    const log = this.log;
    this.segment++;
    this.segmentSizes.clear();
    this.log = this.openLog();
    await log.close();
    for (const number of old) rmSync(join(this.dir, segmentName(number)), { force: true });
  }

  close(): Promise<void> {
    return this.log.close();
  }

  private openLog(): AppendLog {
    const log = new AppendLog(join(this.dir, segmentName(this.segment)), { durable: this.durable });
    this.segmentSizes.set(this.segment, log.size);
    return log;
  }

  private add(
    facts: Omit<CaptureRecord, 'id' | 'at' | 'bytes'>,
    raw: Buffer,
    done: (error: Error | null, id: number) => void,
  ): void {
    if (this.log.size >= this.segmentBytes) this.rotate();
    const record: CaptureRecord = { id: this.nextId++, ...facts, at: Date.now(), bytes: raw.length };
    const line = Buffer.from(`${JSON.stringify(record)}\n`);
    const offset = this.log.size + line.length;
    this.entries.push({ ...record, segment: this.segment, offset });
    this.log.append([line, raw, NEWLINE], (error) => {
      if (error) this.entries = this.entries.filter((entry) => entry.id !== record.id);
      if (this.durable || error) done(error, record.id);
    });
    this.segmentSizes.set(this.segment, this.log.size);
    if (!this.durable) done(null, record.id);
  }

  private rotate(): void {
    const full = this.log;
    this.segment++;
    this.log = this.openLog();
    full.close().catch((error: unknown) => process.emitWarning(`capture: ${String(error)}`));
    let bytes = this.totals.bytes;
    for (const [number, size] of this.segmentSizes) {
      if (bytes <= this.maxBytes || number === this.segment) break;
      bytes -= size;
      this.segmentSizes.delete(number);
      this.entries = this.entries.filter((entry) => entry.segment !== number);
      rmSync(join(this.dir, segmentName(number)), { force: true });
    }
  }

  private load(segment: number): void {
    const path = join(this.dir, segmentName(segment));
    const fd = openSync(path, 'r');
    let offset = 0;
    try {
      const head = Buffer.alloc(64 * 1024);
      const after = Buffer.alloc(1);
      for (;;) {
        const length = readSync(fd, head, 0, head.length, offset);
        const end = head.subarray(0, length).indexOf(10);
        const record = end < 0 ? null : parseRecord(head.toString('utf8', 0, end));
        if (!record) break;
        const start = offset + end + 1;
        if (readSync(fd, after, 0, 1, start + record.bytes) !== 1 || after[0] !== 10) break;
        this.entries.push({ ...record, segment, offset: start });
        this.nextId = Math.max(this.nextId, record.id + 1);
        offset = start + record.bytes + 1;
      }
    } finally {
      closeSync(fd);
    }
    truncateSync(path, offset);
    this.segmentSizes.set(segment, offset);
  }
}

function parseRecord(line: string): CaptureRecord | null {
  try {
    return recordSchema.parse(JSON.parse(line));
  } catch (error) {
    if (error instanceof SyntaxError || error instanceof z.ZodError) return null;
    throw error;
  }
}
