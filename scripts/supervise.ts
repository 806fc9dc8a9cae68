import { type ChildProcess, spawn } from 'node:child_process';
import { createWriteStream, mkdirSync, type WriteStream } from 'node:fs';
import path from 'node:path';
import { type Environment, forChild, ROOT } from './environment';
import { watchdog } from './watchdog';

export interface ChildSpec {
  name: string;
  /** Arguments to node. */
  args: string[];
  env: Environment;
  /** How long it may take to finish after SIGTERM before it is killed. */
  graceMs: number;
}

export interface SupervisorOptions {
  logFolder: string;
  /** Receives each line a child prints, beside the log file. */
  print?: (name: string, line: string) => void;
  say: (line: string) => void;
  /** A child that never kept running: nothing more is tried. */
  onGiveUp: (sentence: string) => void;
}

export interface Supervisor {
  start(spec: ChildSpec): void;
  /** Ends the child and starts it again at once. */
  restart(name: string): Promise<void>;
  /** Ends these children together (all if none are named) and does not start them again. */
  stop(...names: string[]): Promise<void>;
  pidOf(name: string): number | undefined;
}

interface Kept {
  spec: ChildSpec;
  child: ChildProcess | null;
  wanted: boolean;
  settled: boolean;
  crashes: number;
  timer: NodeJS.Timeout | null;
  tail: string[];
  log: WriteStream;
}

const SETTLED_MS = 10_000;
const TRIES = 4;
const LONGEST_PAUSE_MS = 10_000;
const TAIL_LINES = 20;
const ownGroup = process.platform !== 'win32';

function eachLine(stream: NodeJS.ReadableStream | null, take: (line: string) => void): void {
  let rest = '';
  stream?.setEncoding('utf8');
  stream?.on('data', (chunk: string) => {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines) take(line);
  });
  stream?.on('end', () => {
    if (rest) take(rest);
  });
}

function signal(child: ChildProcess, name: NodeJS.Signals): void {
  if (!child.pid || child.exitCode !== null || child.signalCode !== null) return;
  child.kill(name);
}

function killGroup(pid: number): void {
  try {
    process.kill(ownGroup ? -pid : pid, 'SIGKILL');
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ESRCH')) throw error;
  }
}

async function end(kept: Kept): Promise<void> {
  if (kept.timer) clearTimeout(kept.timer);
  const { child } = kept;
  if (!child?.pid || child.exitCode !== null || child.signalCode !== null) return;
  const { pid } = child;
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()));
  const impatient = setTimeout(() => killGroup(pid), kept.spec.graceMs);
  signal(child, 'SIGTERM');
  await gone;
  clearTimeout(impatient);
}

/**
 * Keeps child processes running: restarts with growing pauses what crashes, gives up on what never ran for ten seconds.
 * A child gets an IPC channel, whose closing tells it that the launcher is gone; the watchdog ends those that do not listen.
 */
export function createSupervisor(options: SupervisorOptions): Supervisor {
  const children = new Map<string, Kept>();
  mkdirSync(options.logFolder, { recursive: true });

  function run(kept: Kept): void {
    const { spec } = kept;
    const child = spawn(process.execPath, spec.args, {
      cwd: ROOT,
      env: forChild({ ...spec.env, WAYBILL_FOLLOW: '1' }),
      detached: ownGroup,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    kept.child = child;
    const { pid } = child;
    if (pid) watchdog().group(pid);
    const take = (line: string) => {
      kept.log.write(`${line}\n`);
      kept.tail = [...kept.tail.slice(1 - TAIL_LINES), line];
      options.print?.(spec.name, line);
    };
    eachLine(child.stdout, take);
    eachLine(child.stderr, take);
    const settle = setTimeout(() => Object.assign(kept, { settled: true, crashes: 0 }), SETTLED_MS);
    child.once('error', (error) => take(String(error)));
    child.once('close', (code, killedBy) => {
      clearTimeout(settle);
      if (pid) {
        killGroup(pid);
        watchdog().forget(pid);
      }
      if (kept.wanted && kept.child === child) again(kept, killedBy ?? `code ${code}`);
    });
  }

  function again(kept: Kept, how: string): void {
    kept.crashes += 1;
    const { name } = kept.spec;
    if (!kept.settled && kept.crashes >= TRIES) {
      kept.wanted = false;
      options.onGiveUp([`${name} does not stay up (${how}). The last it said:`, ...kept.tail].join('\n  '));
      return;
    }
    const pauseMs = Math.min(LONGEST_PAUSE_MS, 200 * 2 ** (kept.crashes - 1));
    options.say(`${name} ended (${how}); starting it again in ${pauseMs / 1000} s.`);
    kept.timer = setTimeout(() => run(kept), pauseMs);
  }

  return {
    start(spec) {
      const log = createWriteStream(path.join(options.logFolder, `${spec.name}.log`), { flags: 'w' });
      // a full disk costs lines of the log, not the processes
      log.on('error', (error) => options.say(`${spec.name}.log is not written any more: ${error.message}.`));
      const kept: Kept = { spec, child: null, wanted: true, settled: false, crashes: 0, timer: null, tail: [], log };
      children.set(spec.name, kept);
      run(kept);
    },
    async restart(name) {
      const kept = children.get(name);
      if (!kept?.wanted) return;
      kept.wanted = false;
      await end(kept);
      kept.wanted = true;
      run(kept);
    },
    async stop(...names) {
      const chosen = [...children.values()].filter((kept) => names.length === 0 || names.includes(kept.spec.name));
      for (const kept of chosen) kept.wanted = false;
      await Promise.all(chosen.map(end));
      for (const kept of chosen) kept.log.end();
    },
    pidOf: (name) => children.get(name)?.child?.pid,
  };
}
