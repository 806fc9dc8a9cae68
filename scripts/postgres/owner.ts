import { spawnSync } from 'node:child_process';
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { z } from 'zod';

const ownerSchema = z.object({ pid: z.number(), started: z.string() });

/** What a launcher wrote that was killed while it wrote, or that found the disk full, names nobody. */
function parseOwner(text: string): z.infer<typeof ownerSchema> | null {
  try {
    return ownerSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** Text that differs between two processes that had the same id, or null if the process is gone. */
function startOf(pid: number): string | null {
  if (process.platform === 'linux') {
    const stat = readOrNull(`/proc/${pid}/stat`);
    const fields = stat?.slice(stat.lastIndexOf(')') + 2).split(' ') ?? [];
    return fields[0] === 'Z' ? null : (fields[19] ?? null);
  }
  if (process.platform === 'win32') return isAlive(pid) ? 'unknown' : null;
  const listed = spawnSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' });
  return listed.status === 0 ? listed.stdout.trim() : null;
}

function errorCode(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}

export function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch (error) {
    if (['ENOENT', 'ESRCH'].includes(errorCode(error))) return null;
    throw error;
  }
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return errorCode(error) === 'EPERM';
  }
}

/** Whether a living process is a PostgreSQL server; unknown counts as yes where the system does not tell. */
export function isPostgres(pid: number): boolean {
  if (!isAlive(pid)) return false;
  if (process.platform !== 'linux') return true;
  return readOrNull(`/proc/${pid}/cmdline`)?.includes('postgres') ?? false;
}

/** The living process other than this one that wrote the owner file, or null. */
export function livingOwner(file: string): number | null {
  const text = readOrNull(file);
  if (!text) return null;
  const owner = parseOwner(text);
  if (!owner || owner.pid === process.pid) return null;
  return startOf(owner.pid) === owner.started ? owner.pid : null;
}

export function writeOwner(file: string): void {
  writeFileSync(file, JSON.stringify({ pid: process.pid, started: startOf(process.pid) ?? '' }));
}

export function removeOwner(file: string): void {
  rmSync(file, { force: true });
}
