/** The cause of a `limit` error that knows when to come back. */
export class RetryAfter extends Error {
  constructor(
    readonly seconds: number,
    readonly headers: Record<string, string> = {},
  ) {
    super(`retry after ${seconds} s`);
  }
}
