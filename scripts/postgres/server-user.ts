import { spawnSync } from 'node:child_process';
import { accessSync, chmodSync, constants, mkdirSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';

/** The unprivileged user a root process runs PostgreSQL as. */
export interface ServerUser {
  name: string;
  uid: number;
  gid: number;
}

const isRoot = process.getuid?.() === 0;

function idOf(flag: '-u' | '-g', name: string): number | null {
  const found = spawnSync('id', [flag, name], { encoding: 'utf8' });
  return found.status === 0 ? Number(found.stdout) : null;
}

/** PostgreSQL refuses to run as root: `postgres` if the system has it, else `nobody`. Null when this process is not root. */
export function chooseServerUser(): ServerUser | null {
  if (!isRoot) return null;
  for (const name of ['postgres', 'nobody']) {
    const uid = idOf('-u', name);
    const gid = idOf('-g', name);
    if (uid !== null && gid !== null) return { name, uid, gid };
  }
  throw new Error(
    'PostgreSQL refuses to run as root and this system has neither a user «postgres» nor «nobody». Run Waybill as an ordinary user, or set DATABASE_URL.',
  );
}

export function asUser(user: ServerUser | null): { uid?: number; gid?: number } {
  return user ? { uid: user.uid, gid: user.gid } : {};
}

/** Whether the server's user may enter this folder (a checkout below a closed home such as /root may not). */
export function mayEnter(folder: string, user: ServerUser | null): boolean {
  if (!user) return true;
  return spawnSync('sh', ['-c', 'cd "$1"', 'sh', folder], { ...asUser(user), cwd: '/', stdio: 'ignore' }).status === 0;
}

/** A folder outside closed homes that outlives a reboot where the system has one. Root only. */
export function openBase(): string {
  const lasting = '/var/lib/waybill';
  try {
    mkdirSync(lasting, { recursive: true });
    chmodSync(lasting, 0o755);
    accessSync(lasting, constants.W_OK);
    return lasting;
  } catch (error) {
    if (!(error instanceof Error && 'code' in error)) throw error;
    const temporary = path.join(os.tmpdir(), `waybill-${process.getuid?.() ?? 0}`);
    mkdirSync(temporary, { recursive: true });
    chmodSync(temporary, 0o755);
    return temporary;
  }
}
