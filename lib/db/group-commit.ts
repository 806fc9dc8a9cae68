interface Waiting<T, R> {
  item: T;
  resolve: (result: R) => void;
  reject: (error: unknown) => void;
}

export interface GroupCommitOptions {
  /** How long the first item of a group waits for company. */
  windowMs?: number;
  maxItems?: number;
  /** Groups being written at once; more wait and grow meanwhile. */
  maxInFlight?: number;
}

/**
 * Writes items of many callers in one go. A caller's promise settles only after the write that carries its item did, so
 * an acknowledged item is as durable as the write; when a write fails, every caller in it is told.
 */
export class GroupCommit<T, R> {
  private waiting: Waiting<T, R>[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private inFlight = 0;
  private readonly windowMs: number;
  private readonly maxItems: number;
  private readonly maxInFlight: number;

  constructor(
    private readonly write: (items: T[]) => Promise<R[]>,
    { windowMs = 5, maxItems = 500, maxInFlight = 2 }: GroupCommitOptions = {},
  ) {
    this.windowMs = windowMs;
    this.maxItems = maxItems;
    this.maxInFlight = maxInFlight;
  }

  add(item: T): Promise<R> {
    return new Promise<R>((resolve, reject) => {
      this.waiting.push({ item, resolve, reject });
      if (this.waiting.length >= this.maxItems) this.flush();
      else this.timer ??= setTimeout(() => this.flush(), this.windowMs);
    });
  }

  private flush(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    if (this.inFlight >= this.maxInFlight) return;
    const group = this.waiting.splice(0, this.maxItems);
    if (group.length === 0) return;
    this.inFlight++;
    void this.commit(group).finally(() => {
      this.inFlight--;
      if (this.waiting.length > 0) this.flush();
    });
  }

  private async commit(group: Waiting<T, R>[]): Promise<void> {
    try {
      const results = await this.write(group.map(({ item }) => item));
      if (results.length !== group.length) throw new Error('A group commit must answer once per item.');
      for (const [index, { resolve }] of group.entries()) resolve(results[index] as R);
    } catch (error) {
      for (const { reject } of group) reject(error);
    }
  }
}
