const QUICK_MS = 25;
const SLOW_MS = 100;

/**
 * How many messages to hand over at once. What is handed over and unanswered when a process dies is in doubt, so a slow
 * relay gets small groups; a quick one gets larger ones, which cost less each, as long as they leave in an instant.
 */
export class GroupPace {
  private now: number;

  constructor(
    private readonly least: number,
    private readonly most: number,
  ) {
    this.now = least;
  }

  get size(): number {
    return this.now;
  }

  took(messages: number, durationMs: number): void {
    if (durationMs > SLOW_MS) this.now = Math.max(this.least, Math.floor(this.now / 2));
    else if (durationMs < QUICK_MS && messages >= this.now) this.now = Math.min(this.most, this.now * 2);
  }
}
