import type { Tx } from '@/lib/db/client';

interface Clock {
  /** What the database's clock showed when this process's steady clock stood at zero, in ms. */
  zeroMs: number | null;
}

const shared = globalThis as unknown as { waybillClock?: Clock };

function clock(): Clock {
  shared.waybillClock ??= { zeroMs: null };
  return shared.waybillClock;
}

/** Takes note of what the database's clock shows now, as an answer of it just said. */
export function noteDatabaseTime(at: Date): void {
  clock().zeroMs = at.getTime() - performance.now();
}

/**
 * The database's clock, carried on by this process's steady one, so that a machine whose clock is wrong or is being set
 * neither sends too early nor waits an hour too long. Before the first answer of a database it is the machine's own.
 */
export function databaseNow(): Date {
  const { zeroMs } = clock();
  return zeroMs === null ? new Date() : new Date(zeroMs + performance.now());
}

/** What the database's clock shows, asked now: for what people plan by it. */
export async function readDatabaseNow({ sql }: Pick<Tx, 'sql'>): Promise<Date> {
  const [row] = await sql<{ at: Date }[]>`select clock_timestamp() as at`;
  if (row) noteDatabaseTime(row.at);
  return row?.at ?? databaseNow();
}
