type Settled<T extends readonly unknown[]> = { -readonly [K in keyof T]: Awaited<T[K]> };

/**
 * What several branches of a transaction answer, which go down the wire together. Throws what failed first in their
 * order, but only after all have ended: none may still be about to send a statement when the transaction is over.
 */
export async function together<const T extends readonly unknown[]>(branches: T): Promise<Settled<T>> {
  const settled = await Promise.allSettled(branches);
  for (const one of settled) if (one.status === 'rejected') throw one.reason;
  return (await Promise.all(branches)) as Settled<T>;
}
