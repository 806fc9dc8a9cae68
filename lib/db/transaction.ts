import type postgres from 'postgres';

/** Never settles: whatever waits for it is forgotten with it. */
const forgotten = () => new Promise<never>(() => undefined);

/** Until everything that follows from what just happened has been called; no other event comes in between. */
const consequences = () => new Promise<void>((resolve) => process.nextTick(resolve));

/** The handle of a transaction, which refuses statements once its connection is gone. */
function whileHeld(tx: postgres.TransactionSql, isLost: () => boolean): postgres.TransactionSql {
  const check = () => {
    if (!isLost()) return;
    throw Object.assign(new Error('The connection of this transaction was lost.'), { code: 'CONNECTION_CLOSED' });
  };
  return new Proxy(tx, {
    apply(target, self, given) {
      check();
      return Reflect.apply(target, self, given);
    },
    get(target, name, self) {
      check();
      return Reflect.get(target, name, self);
    },
  });
}

/**
 * One transaction of the driver, safe against the loss of its connection. Left to itself, the driver then sends the
 * ROLLBACK, or the COMMIT of work that had not noticed, down a socket that is no more, which ends the process
 * (porsager/postgres#1208); or down the same connection after others have reopened it, into their transaction.
 */
export async function transactionOn<T>(
  client: postgres.Sql,
  work: (tx: postgres.TransactionSql) => Promise<T>,
): Promise<T> {
  let lost = false;
  const begun = client.begin(async (tx) => {
    try {
      const result = await work(whileHeld(tx, () => lost));
      await consequences();
      return lost ? await forgotten() : result;
    } catch (error) {
      await consequences();
      if (lost) await forgotten();
      throw error;
    }
  });
  return begun.catch((error: unknown) => {
    lost = true;
    throw error;
  }) as Promise<T>;
}
