/** A database operation that did not settle: the driver can lose a query when the server goes away. */
export class StalledError extends Error {
  constructor(what: string, limitMs: number) {
    super(`${what} did not settle within ${limitMs} ms`);
    this.name = 'StalledError';
  }
}

/**
 * The promise's outcome, or a StalledError. What was abandoned may still take effect later, so it is only used for
 * operations that are fenced or safe to repeat.
 */
export async function bounded<T>(what: string, limitMs: number, operation: PromiseLike<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const limit = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new StalledError(what, limitMs)), limitMs);
  });
  try {
    return await Promise.race([operation, limit]);
  } finally {
    clearTimeout(timer);
  }
}
