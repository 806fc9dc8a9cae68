import { type ChildProcess, execFileSync, spawn, spawnSync } from 'node:child_process';
import { createHash, randomBytes } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import postgres from 'postgres';
import { anyFreePort, findPort } from './free-port';
import { type Binaries, findBinaries } from './postgres/binaries';
import { explainPostgres, isPortTaken, isStillLeaving } from './postgres/explain';
import { isPostgres, livingOwner, readOrNull, removeOwner, writeOwner } from './postgres/owner';
import { asUser, chooseServerUser, mayEnter, openBase, type ServerUser } from './postgres/server-user';
import { settingsOf } from './postgres/settings';
import { watchdog } from './watchdog';

export interface EmbeddedPostgresOptions {
  /** Holds the data, the password and the log; made if missing. */
  folder: string;
  /** First choice; the next free one is taken. Without it any free port. */
  port?: number;
  database?: string;
  /** For tests: no fsync, and the folder goes with the server. */
  throwaway?: boolean;
  settings?: Record<string, string>;
  log?: (line: string) => void;
  /** Called when the server ends without being asked to. */
  onCrash?: (sentence: string) => void;
}

export interface EmbeddedPostgres {
  url: string;
  urlOf(database: string): string;
  port: number;
  /** Where the data really is (elsewhere if the server's user may not enter the folder asked for). */
  folder: string;
  pid: number;
  isNew: boolean;
  tookMs: number;
  runsAs: string | null;
  stop(): Promise<void>;
}

interface Place {
  user: ServerUser | null;
  binaries: Binaries;
  folder: string;
  data: string;
  logFile: string;
  ownerFile: string;
}

const SUPERUSER = 'waybill';
const LARGEST_LOG_BYTES = 8 * 1024 * 1024;
const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));

function choosePlace(wanted: string, throwaway: boolean): Place {
  const user = chooseServerUser();
  const binaries = findBinaries(user);
  let folder = path.resolve(wanted);
  fs.mkdirSync(folder, { recursive: true });
  if (throwaway) fs.chmodSync(folder, 0o711);
  if (!mayEnter(folder, user)) {
    const moved = path.join(openBase(), `data-${createHash('sha256').update(folder).digest('hex').slice(0, 16)}`);
    fs.writeFileSync(path.join(folder, 'MOVED'), `${moved}\n`);
    folder = moved;
    fs.mkdirSync(folder, { recursive: true, mode: 0o755 });
  }
  const data = path.join(folder, 'data');
  return {
    user,
    binaries,
    folder,
    data,
    logFile: path.join(folder, 'server.log'),
    ownerFile: path.join(folder, 'owner.json'),
  };
}

function passwordOf(place: Place): string {
  const file = path.join(place.folder, 'password');
  const kept = readOrNull(file)?.trim();
  if (kept) return kept;
  const made = randomBytes(18).toString('base64url');
  fs.writeFileSync(file, `${made}\n`, { mode: 0o600 });
  return made;
}

function giveTo(user: ServerUser | null, file: string): void {
  if (user) fs.chownSync(file, user.uid, user.gid);
}

function ownData(place: Place): void {
  const owner = fs.statSync(place.data).uid;
  const wanted = place.user?.uid ?? process.getuid?.() ?? owner;
  if (owner === wanted) return;
  if (!place.user) {
    throw new Error(
      `The data in ${place.data} belongs to another user (id ${owner}). Run as that user, or use another folder.`,
    );
  }
  execFileSync('chown', ['-R', `${place.user.uid}:${place.user.gid}`, place.data]);
}

/** Makes the data folder whole or not at all: an interrupted set-up is thrown away by the next. */
function initialise(place: Place, throwaway: boolean): void {
  const partial = `${place.data}.partial`;
  fs.rmSync(partial, { recursive: true, force: true });
  fs.mkdirSync(partial, { mode: 0o700 });
  giveTo(place.user, partial);
  const passwordFile = path.join(place.folder, 'password.initdb');
  fs.writeFileSync(passwordFile, `${passwordOf(place)}\n`, { mode: 0o600 });
  giveTo(place.user, passwordFile);
  const args = ['-D', partial, '-U', SUPERUSER, '-A', 'scram-sha-256', `--pwfile=${passwordFile}`, '-E', 'UTF8'];
  args.push('--no-locale', '--locale-provider=builtin', '--builtin-locale=C.UTF-8', '--no-instructions');
  if (throwaway) args.push('--no-sync');
  const run = spawnSync(place.binaries('initdb'), args, { ...asUser(place.user), cwd: partial, encoding: 'utf8' });
  fs.rmSync(passwordFile, { force: true });
  if (run.status !== 0) {
    fs.rmSync(partial, { recursive: true, force: true });
    throw new Error(explainPostgres(`${run.stdout}\n${run.stderr}\n${run.error ?? ''}`, place.folder));
  }
  fs.renameSync(partial, place.data);
}

/** Ends the server that a killed launcher left behind; a pid file that names some other program is removed. */
async function takeOver(place: Place, log: (line: string) => void): Promise<void> {
  const pidFile = path.join(place.data, 'postmaster.pid');
  const pid = Number(readOrNull(pidFile)?.split('\n')[0] ?? 0);
  if (!pid) return;
  if (!isPostgres(pid)) {
    if (process.platform === 'linux') fs.rmSync(pidFile, { force: true });
    return;
  }
  log(`Stopping a PostgreSQL (process ${pid}) that an earlier run left behind.`);
  for (const mode of ['fast', 'immediate']) {
    const args = ['stop', '-D', place.data, '-m', mode, '-w', '-t', '20'];
    const stopped = spawnSync(place.binaries('pg_ctl'), args, {
      ...asUser(place.user),
      cwd: place.data,
      stdio: 'ignore',
    });
    if (stopped.status === 0) return;
    // the watchdog of the killed launcher may have been there first: pg_ctl fails, and the server is about to be gone
    for (let tries = 0; tries < 100; tries++) {
      if (!isPostgres(pid)) return;
      await pause(50);
    }
  }
  throw new Error(
    `A PostgreSQL (process ${pid}) already runs on ${place.data} and does not stop. End it and start again.`,
  );
}

function refuseIfOwned(place: Place): void {
  const owner = livingOwner(place.ownerFile);
  if (!owner) return;
  throw new Error(
    `Waybill already runs on ${place.folder} (process ${owner}). Stop it first, or work on another folder.`,
  );
}

function logSince(place: Place, offset: number): string {
  return fs.readFileSync(place.logFile).subarray(offset).toString('utf8').slice(-8000);
}

/** Starts the server once; resolves when it takes connections, else to what its log said. */
async function attempt(place: Place, port: number, options: EmbeddedPostgresOptions): Promise<ChildProcess | string> {
  const output = fs.openSync(place.logFile, 'a');
  const offset = fs.fstatSync(output).size;
  const settings = { ...settingsOf(options.throwaway ?? false), ...options.settings, port: String(port) };
  const args = ['-D', place.data, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])];
  const server = spawn(place.binaries('postgres'), args, {
    ...asUser(place.user),
    cwd: place.data,
    detached: true,
    stdio: ['ignore', output, output],
  });
  fs.closeSync(output);
  if (server.pid) watchdog().postgres(server.pid, place.data);
  let ended: string | null = null;
  server.once('error', (error) => {
    ended = String(error);
  });
  server.once('exit', () => {
    ended ??= logSince(place, offset);
  });
  for (;;) {
    if (ended !== null) return ended;
    const lines = readOrNull(path.join(place.data, 'postmaster.pid'))?.split('\n') ?? [];
    if (Number(lines[0]) === server.pid && lines[7]?.startsWith('ready')) return server;
    await pause(15);
  }
}

async function launch(place: Place, options: EmbeddedPostgresOptions, log: (line: string) => void) {
  let port = options.port ? await findPort(options.port) : await anyFreePort();
  for (let tries = 1; ; tries++) {
    const server = await attempt(place, port, options);
    if (typeof server !== 'string') return { server, port };
    if (tries < 40 && isStillLeaving(server)) await pause(250);
    else if (tries < 10 && isPortTaken(server)) port = await anyFreePort();
    else throw new Error(explainPostgres(server, place.folder));
    log('PostgreSQL is not free yet, trying again.');
  }
}

async function stopServer(server: ChildProcess, place: Place): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise<void>((resolve) => server.once('exit', () => resolve()));
  if (process.platform === 'win32') {
    spawnSync(place.binaries('pg_ctl'), ['stop', '-D', place.data, '-m', 'fast', '-w'], { stdio: 'ignore' });
  } else server.kill('SIGINT');
  const impatient = setTimeout(() => server.kill('SIGQUIT'), 15_000);
  await gone;
  clearTimeout(impatient);
}

async function ensureDatabase(adminUrl: string, name: string): Promise<void> {
  const sql = postgres(adminUrl, { max: 1, onnotice: () => undefined });
  try {
    const found = await sql`select 1 from pg_database where datname = ${name}`;
    if (found.length === 0) await sql`create database ${sql(name)}`;
  } finally {
    await sql.end({ timeout: 5 });
  }
}

function inWords(error: unknown, folder: string): unknown {
  const fromSystem = error instanceof Error && 'code' in error && 'syscall' in error;
  return fromSystem ? new Error(explainPostgres(`FATAL: ${error.message}`, folder), { cause: error }) : error;
}

/**
 * Starts PostgreSQL 18 from the installed npm package on a folder of ours, on loopback only. Takes over after a killed
 * launcher and goes down with this process however it ends. Throws one sentence saying what stands in the way.
 */
export async function startEmbeddedPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  try {
    return await start(options);
  } catch (error) {
    throw inWords(error, options.folder);
  }
}

async function start(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const startedAt = performance.now();
  const log = options.log ?? (() => undefined);
  const place = choosePlace(options.folder, options.throwaway ?? false);
  if (place.folder !== path.resolve(options.folder)) {
    log(`User ${place.user?.name} may not enter ${options.folder}: the data is kept in ${place.folder}.`);
  }
  refuseIfOwned(place);
  writeOwner(place.ownerFile);
  if (options.throwaway) watchdog().remove(place.folder);
  const isNew = !fs.existsSync(path.join(place.data, 'PG_VERSION'));
  if (isNew) {
    fs.rmSync(place.data, { recursive: true, force: true });
    initialise(place, options.throwaway ?? false);
  }
  ownData(place);
  await takeOver(place, log);
  if ((fs.statSync(place.logFile, { throwIfNoEntry: false })?.size ?? 0) > LARGEST_LOG_BYTES) {
    fs.renameSync(place.logFile, `${place.logFile}.1`);
  }
  const { server, port } = await launch(place, options, log);
  const password = passwordOf(place);
  const urlOf = (database: string) => `postgres://${SUPERUSER}:${password}@127.0.0.1:${port}/${database}`;
  const database = options.database ?? 'waybill';
  let stopping = false;
  server.once('exit', () => {
    if (!stopping)
      options.onCrash?.(`PostgreSQL (process ${server.pid}) ended unexpectedly; its log is ${place.logFile}.`);
  });
  await ensureDatabase(urlOf('postgres'), database);
  return {
    url: urlOf(database),
    urlOf,
    port,
    folder: place.folder,
    pid: server.pid ?? 0,
    isNew,
    tookMs: Math.round(performance.now() - startedAt),
    runsAs: place.user?.name ?? null,
    stop: async () => {
      stopping = true;
      await stopServer(server, place);
      removeOwner(place.ownerFile);
      if (options.throwaway) fs.rmSync(place.folder, { recursive: true, force: true });
    },
  };
}

/** Removes the data kept for this folder, wherever it is. Throws if a living process works on it. */
export async function forgetEmbeddedPostgres(wanted: string): Promise<void> {
  if (!fs.existsSync(wanted)) return;
  const place = choosePlace(wanted, false);
  refuseIfOwned(place);
  await takeOver(place, () => undefined);
  fs.rmSync(place.folder, { recursive: true, force: true });
  fs.rmSync(wanted, { recursive: true, force: true });
}
