import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { AppendLog } from '@/lib/channels/listener/append-log';

export interface Accept {
  dialect: 'smtp' | 'resend' | 'twilio' | 'smpp';
  /** What names the delivery: its tag, Message-ID, status callback, or over SMPP its number and user reference. */
  key: string;
  to: string;
  providerMessageId: string;
  messageId?: string;
  tag?: string;
  callbackUrl?: string;
  idempotencyKey?: string;
  /** SMPP: `2/3` for the second part of three. */
  part?: string;
}

/**
 * The provider's own account of what it took over: one JSON line per accept, on disk before the answer leaves. The
 * independent witness against which a sender's books are checked.
 */
export class AcceptLedger {
  readonly path: string;
  private readonly log: AppendLog;
  private readonly timesAccepted = new Map<string, number>();
  private lines = 0;
  private numbers = 0;

  constructor(dir: string) {
    mkdirSync(dir, { recursive: true });
    this.path = join(dir, 'accepted.ndjson');
    this.log = new AppendLog(this.path, { durable: true });
  }

  record(accepts: Accept[]): Promise<void> {
    const at = new Date().toISOString();
    const lines = accepts.map((accept) => {
      this.timesAccepted.set(accept.key, (this.timesAccepted.get(accept.key) ?? 0) + 1);
      return JSON.stringify({ n: ++this.lines, at, ...accept });
    });
    return new Promise((resolve, reject) => {
      this.log.append([Buffer.from(`${lines.join('\n')}\n`)], (error) => (error ? reject(error) : resolve()));
    });
  }

  /** A number no other accept has. */
  nextNumber(): number {
    return ++this.numbers;
  }

  get stats(): { accepted: number; distinct: number; duplicated: string[] } {
    const duplicated = [...this.timesAccepted].filter(([, times]) => times > 1).map(([key]) => key);
    return { accepted: this.lines, distinct: this.timesAccepted.size, duplicated: duplicated.slice(0, 1000) };
  }

  close(): Promise<void> {
    return this.log.close();
  }
}
