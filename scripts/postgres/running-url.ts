import path from 'node:path';
import { isPostgres, readOrNull } from './owner';

/** The address of the embedded PostgreSQL that runs on this folder now, with its password; null if none does. */
export function runningUrl(wanted: string, database = 'waybill'): string | null {
  const folder = readOrNull(path.join(wanted, 'MOVED'))?.trim() || wanted;
  const [pid = '', , , port = ''] = readOrNull(path.join(folder, 'data', 'postmaster.pid'))?.split('\n') ?? [];
  const password = readOrNull(path.join(folder, 'password'))?.trim();
  if (!password || !/^\d+$/.test(port.trim()) || !isPostgres(Number(pid))) return null;
  return `postgres://waybill:${password}@127.0.0.1:${port.trim()}/${database}`;
}
