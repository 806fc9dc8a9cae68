import { pool } from '@/lib/db/client';
import { GroupCommit } from '@/lib/db/group-commit';

/** A commit of its own that is waited for: the log is written in order, so all that was committed before is on disk too. */
async function flush(waiting: null[]): Promise<null[]> {
  await pool()`select pg_logical_emit_message(true, 'waybill', '')`;
  return waiting;
}

const shared = globalThis as unknown as { waybillFlush?: GroupCommit<null, null> };

/**
 * Resolves once everything that was committed until now is durable, with one flush for all who wait at the same time.
 * Whoever commits without waiting for the disk (`requestWrites`) must have waited for this before telling anybody.
 */
export async function flushed(): Promise<void> {
  shared.waybillFlush ??= new GroupCommit(flush, { windowMs: 0, maxInFlight: 1 });
  await shared.waybillFlush.add(null);
}
