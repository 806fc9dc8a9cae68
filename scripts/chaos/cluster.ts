import { type ChildProcess, spawn } from 'node:child_process';
import path from 'node:path';
import { createInterface } from 'node:readline';
import type { FaultPlanInput } from '@/lib/channels/faulty/fault-plan';
import { type EmbeddedPostgres, startEmbeddedPostgres } from '../embedded-postgres';
import { type Environment, givenEnvironment, ROOT } from '../environment';
import { anyFreePort } from '../free-port';
import { watchdog } from '../watchdog';

export interface Provider {
  smtpPort: number;
  httpPort: number;
  smppPort?: number;
  ledgerPath: string;
  setPlan(plan: FaultPlanInput): Promise<void>;
  faults(): Promise<number>;
  stop(): void;
}

/** In a group of its own, which does not outlive this process however it ends. */
function endsWithUs(child: ChildProcess): void {
  const { pid } = child;
  if (pid === undefined) return;
  watchdog().group(pid);
  child.once('exit', () => watchdog().forget(pid));
}

/** The fault-injecting provider as a process of its own; it is never harmed. */
export async function startProvider(
  program: string,
  dir: string,
  seed: string,
  plan: FaultPlanInput,
): Promise<Provider> {
  const child = spawn(
    process.execPath,
    [program, '--dir', dir, '--seed', seed, '--plan', JSON.stringify(plan), '--smpp-port', '0'],
    { cwd: ROOT, stdio: ['ignore', 'pipe', 'inherit'], detached: true },
  );
  endsWithUs(child);
  const [line] = (await new Promise<string[]>((resolve, reject) => {
    createInterface({ input: child.stdout }).once('line', (text) => resolve([text]));
    child.once('exit', (code) => reject(new Error(`The fault-injecting provider ended with ${code}.`)));
  })) as [string];
  const ready = JSON.parse(line) as { smtpPort: number; httpPort: number; smppPort?: number; ledgerPath: string };
  const url = `http://127.0.0.1:${ready.httpPort}`;
  return {
    ...ready,
    setPlan: async (next) => {
      const answer = await fetch(`${url}/_faulty/plan`, {
        method: 'PUT',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(next),
      });
      if (!answer.ok) throw new Error(`The provider refused its plan: ${answer.status} ${await answer.text()}`);
    },
    faults: async () => {
      const stats = (await fetch(`${url}/_faulty/stats`).then((answer) => answer.json())) as {
        faults: Record<string, number>;
      };
      return Object.values(stats.faults).reduce((sum, n) => sum + n, 0);
    },
    stop: () => child.kill('SIGKILL'),
  };
}

/** Workers that come back when they die, as the launcher would bring them back, and a database that can be cut off. */
export class Cluster {
  readonly workers = new Set<ChildProcess>();
  /** Workers that died by SIGKILL. */
  kills = 0;
  private stopping = false;
  private wanted = 0;
  /** Crash points of the workers to be started next, one each. */
  private armed: string[] = [];
  private program = '';
  private postgres: EmbeddedPostgres | null = null;
  private port = 0;

  constructor(
    private readonly folder: string,
    private readonly env: Environment,
  ) {}

  get databaseUrl(): string {
    return this.postgres?.url ?? '';
  }

  async startDatabase(): Promise<string> {
    this.port ||= await anyFreePort();
    // data outlive the process, not the machine: what a restart of PostgreSQL needs
    this.postgres = await startEmbeddedPostgres({
      folder: path.join(this.folder, 'pg'),
      port: this.port,
      settings: { fsync: 'off', full_page_writes: 'off' },
      onCrash: () => undefined,
    });
    return this.postgres.url;
  }

  /** An immediate stop, as by kill -9, and a start over the same data. */
  async restartDatabase(): Promise<void> {
    const pid = this.postgres?.pid;
    if (!pid) return;
    process.kill(pid, 'SIGQUIT');
    while (isAlive(pid)) await new Promise((resolve) => setTimeout(resolve, 20));
    await this.startDatabase();
  }

  /** Keeps so many workers of this program running; the next that start die at these points, one each. */
  startWorkers(program: string, count: number, armed: string[] = []): void {
    this.program = program;
    this.armed.push(...armed);
    this.wanted = count;
    while (this.workers.size < count) this.startWorker();
  }

  /** Kills this one; the one that takes its place dies at the given point. */
  replace(victim: ChildProcess, point: string): void {
    this.armed.unshift(point);
    victim.kill('SIGKILL');
  }

  private startWorker(): void {
    const point = this.armed.shift();
    const child = spawn(process.execPath, [this.program], {
      cwd: ROOT,
      stdio: ['ignore', 'ignore', this.env.WAYBILL_CHAOS_LOG ? 'inherit' : 'ignore'],
      detached: true,
      env: {
        ...givenEnvironment(),
        NODE_ENV: 'production',
        WAYBILL_PROVIDER_PRIVATE_HOSTS: '127.0.0.1',
        ...this.env,
        DATABASE_URL: this.databaseUrl,
        ...(point ? { WAYBILL_CRASH_AT: point } : {}),
      } as NodeJS.ProcessEnv,
    });
    endsWithUs(child);
    this.workers.add(child);
    child.once('exit', (_code, signal) => {
      this.workers.delete(child);
      if (this.stopping) return;
      if (signal === 'SIGKILL') this.kills++;
      if (this.workers.size < this.wanted) this.startWorker();
    });
  }

  async stop(): Promise<void> {
    this.stopping = true;
    for (const child of this.workers) {
      child.kill('SIGCONT');
      child.kill('SIGKILL');
    }
    await this.postgres?.stop();
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
