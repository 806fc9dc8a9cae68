import { statfsSync } from 'node:fs';
import { availableParallelism } from 'node:os';

const SMALL_SHM_BYTES = 256 * 1024 * 1024;

/** Containers often have 64 MB of /dev/shm, too little for parallel queries; System V memory is not bound to it. */
function hasSmallSharedMemory(): boolean {
  if (process.platform !== 'linux') return false;
  try {
    const { bavail, bsize } = statfsSync('/dev/shm');
    return bavail * bsize < SMALL_SHM_BYTES;
  } catch (error) {
    if (error instanceof Error) return true;
    throw error;
  }
}

const DURABLE = { fsync: 'on', synchronous_commit: 'on', full_page_writes: 'on' };
const THROWAWAY = { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off' };

/** Settings for a small machine that does many short transactions. `throwaway` gives durability up for speed. */
export function settingsOf(throwaway: boolean): Record<string, string> {
  return {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    max_connections: '200',
    shared_buffers: '512MB',
    max_wal_size: '4GB',
    checkpoint_timeout: '15min',
    random_page_cost: '1.1',
    jit: 'off',
    // a worker is a new process that maps the cache page by page, and the backend that asks works too: with one worker
    // beside it, counting a million took three times as long as alone
    max_parallel_workers_per_gather: String(Math.min(4, Math.max(0, availableParallelism() - 2))),
    // whoever launches or counts right after a bulk of contacts came plans for as many as there are
    autovacuum_naptime: '15s',
    // what a killed worker asked for ends, instead of holding its locks until it is done
    ...(process.platform === 'win32' ? {} : { client_connection_check_interval: '2s' }),
    log_line_prefix: '%m [%p] ',
    ...(hasSmallSharedMemory() ? { dynamic_shared_memory_type: 'sysv' } : {}),
    ...(throwaway ? THROWAWAY : DURABLE),
  };
}
