import type { Outcome } from '@/lib/features/deliveries/outcome';
import { type SettleRequest, settleBatch } from '@/lib/features/deliveries/settle-batch';

const FLUSH_AT = 250;
// what was answered and not yet written is in doubt if the process dies now
const FLUSH_AFTER_MS = 100;
const TRIES = 6;

/** Outcomes on their way into the ledger: gathered into large transactions, written in order, never dropped. */
export class Settler {
  private outcomes: Outcome[] = [];
  private intents: string[] = [];
  private writing: Promise<void> = Promise.resolve();
  private timer: NodeJS.Timeout | undefined;
  private failure: unknown;
  settled = 0;

  constructor(private readonly base: Omit<SettleRequest, 'outcomes' | 'closeIntents'>) {}

  add(outcomes: Outcome[], closedIntent: string | null): void {
    this.outcomes.push(...outcomes);
    if (closedIntent) this.intents.push(closedIntent);
    if (this.outcomes.length >= FLUSH_AT) this.flush();
    else this.timer ??= setTimeout(() => this.flush(), FLUSH_AFTER_MS);
  }

  /** Resolves when everything added so far is committed; throws if it could not be. */
  async drain(): Promise<void> {
    this.flush();
    await this.writing;
    if (this.failure) throw this.failure;
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.outcomes.length === 0 && this.intents.length === 0) return;
    const request = { ...this.base, outcomes: this.outcomes, closeIntents: this.intents };
    this.outcomes = [];
    this.intents = [];
    this.writing = this.writing.then(() => this.write(request));
  }

  /** What a provider said must reach the ledger: a lost connection or a deadlock is tried again for a while. */
  private async write(request: SettleRequest): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        this.settled += (await settleBatch(request)).length;
        return;
      } catch (error) {
        if (attempt === TRIES) {
          this.failure = error;
          return;
        }
        await new Promise((resolve) => setTimeout(resolve, 100 * 2 ** attempt));
      }
    }
  }
}
