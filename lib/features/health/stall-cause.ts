import type { Tx } from '@/lib/db/client';
import type { RunStatus } from '@/lib/domain/run';

const ALIVE_SECONDS = 15;

export interface StallCause {
  cause: 'no_worker' | 'provider' | 'database' | 'held' | 'idle';
  /** Completes “Sending is stalled since 14:02 because …”. */
  because: string;
}

/** A run that does not move, with what stands next to it. */
export interface Standstill {
  runId: string;
  name: string;
  status: RunStatus;
  since: Date;
  due: number;
  held: string | null;
  provider: string | null;
  providerReason: string | null;
}

export interface Surroundings {
  alive: number;
  lastWorker: { host: string; pid: number } | null;
  readOnly: boolean;
}

const WHAT: Partial<Record<RunStatus, string>> = { scheduled: 'start it', queuing: 'queue its audience' };

/** The reason for a standstill, from the gravest down. */
export function stallCause(row: Standstill, around: Surroundings): StallCause {
  if (around.readOnly)
    return { cause: 'database', because: 'the database takes no writes: it is a standby or was set to read-only.' };
  if (around.alive === 0) {
    const { lastWorker } = around;
    const last = lastWorker
      ? ` The last one ran on ${lastWorker.host} as process ${lastWorker.pid}.`
      : ' None was ever started.';
    return { cause: 'no_worker', because: `no worker is running that could ${WHAT[row.status] ?? 'send'}.${last}` };
  }
  if (row.provider) {
    const reason = row.providerReason ? ` ${row.providerReason}` : ' It asked us to wait, or failed repeatedly.';
    return { cause: 'provider', because: `nothing may go through ${row.provider} now.${reason}` };
  }
  if (row.held) {
    return {
      cause: 'held',
      because: 'a running worker holds the next messages without any result: its connection to the provider may hang.',
    };
  }
  return {
    cause: 'idle',
    because: 'workers are running but none has taken up this run yet. It is taken up within a minute.',
  };
}

/** What every standing run has in common: the workers and the database. */
export async function lookAround({ sql }: Tx): Promise<Surroundings> {
  const [row] = await sql<Surroundings[]>`
    select (select count(*)::int from workers where stopped_at is null
        and heartbeat_at > now() - ${ALIVE_SECONDS} * interval '1 second') as alive,
      (select jsonb_build_object('host', host, 'pid', pid) from workers order by heartbeat_at desc limit 1) as "lastWorker",
      pg_is_in_recovery() or current_setting('default_transaction_read_only')::boolean as "readOnly"`;
  return row ?? { alive: 0, lastWorker: null, readOnly: false };
}
