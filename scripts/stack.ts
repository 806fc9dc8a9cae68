import path from 'node:path';
import { parseEnv } from '@/lib/env';
import { migrateAll } from '@/lib/jobs/migrate';
import { type Bundles, bundleProcesses } from './bundle-processes';
import { type EmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { type Environment, localSecrets, ROOT } from './environment';
import { anyFreePort, findPort, waitForPort } from './free-port';
import { NEXT_COMMAND } from './next-build';
import { checkExternalDatabase } from './postgres/external';
import { type ChildSpec, createSupervisor, type Supervisor } from './supervise';
import { WORKER_FLAGS } from './worker-flags';

export interface StackOptions {
  /** Keeps data, secrets and logs of this installation. */
  home: string;
  given: Environment;
  port: number;
  /** Only this port will do. */
  insistOnPort?: boolean;
  /** The address web listens on; without it all interfaces. */
  host?: string;
  capture?: boolean;
  /** Beats everything given and made here. */
  env?: Environment;
  /** Data that goes with the stack, without fsync. */
  throwaway?: boolean;
  /** Runs the processes from their sources, which a restart reads anew, instead of from bundles, which start faster. */
  fromSources?: boolean;
  say: (line: string) => void;
  print?: (name: string, line: string) => void;
}

export interface Stack {
  appUrl: string;
  databaseUrl: string;
  port: number;
  postgres: EmbeddedPostgres | null;
  /** What the children run with; for further processes and for in-process verbs. */
  env: Environment;
  logFolder: string;
  supervisor: Supervisor;
  bundles: Bundles | null;
  /** With a file of rules, recipients whose address matches one are refused as it says. */
  startCapture(rulesFile?: string): Promise<void>;
  startWorker(name?: string): void;
  /** From a finished build, or `dev`. Resolves when pages are served. */
  startWeb(distDir: string): Promise<void>;
  stop(): Promise<void>;
  /** Settles only by rejecting: something that the rest needs is gone for good. */
  failed: Promise<never>;
}

const SOURCES = { worker: 'lib/jobs/worker.ts', capture: 'lib/channels/capture/main.ts' };
const FOLLOWING = ['--import', './scripts/follow-parent.mjs'];
const POSTGRES_PORT = 54320;
const CAPTURE_SMTP_PORT = 3025;
const CAPTURE_HTTP_PORT = 3080;

async function waitForPages(appUrl: string, signal: AbortSignal): Promise<void> {
  const deadline = Date.now() + 120_000;
  for (;;) {
    signal.throwIfAborted();
    const status = await fetch(`${appUrl}/api/health`, {
      redirect: 'manual',
      signal: AbortSignal.timeout(60_000),
    }).then(
      (answer) => answer.status,
      () => 0,
    );
    if (status > 0 && status < 500) return;
    if (Date.now() > deadline) throw new Error(`The web application does not answer at ${appUrl} (status ${status}).`);
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
}

interface Database {
  url: string;
  postgres: EmbeddedPostgres | null;
  stop(): Promise<void>;
}

async function openDatabase(options: StackOptions, fail: (sentence: string) => void): Promise<Database> {
  const external = options.given.DATABASE_URL;
  if (external && !options.throwaway) {
    await checkExternalDatabase(external);
    return { url: external, postgres: null, stop: async () => undefined };
  }
  let running: EmbeddedPostgres;
  let stopped = false;
  const launch = (port: number) =>
    startEmbeddedPostgres({
      folder: path.join(options.home, 'pg'),
      port,
      throwaway: options.throwaway,
      log: options.say,
      onCrash: (sentence) => {
        if (stopped) return;
        options.say(`${sentence} Starting it again.`);
        bringBack().catch((error) => fail(String(error instanceof Error ? error.message : error)));
      },
    });
  async function bringBack(): Promise<void> {
    const before = running.port;
    running = await launch(before);
    if (running.port !== before) throw new Error(`PostgreSQL lost its port ${before} to another program. Start again.`);
    options.say('PostgreSQL runs again.');
  }
  running = await launch(options.throwaway ? await anyFreePort() : POSTGRES_PORT);
  const stop = async () => {
    stopped = true;
    await running.stop();
  };
  return { url: running.url, postgres: running, stop };
}

/** Throws a sentence naming each wrong setting, before anything is started. */
async function childEnvironment(options: StackOptions, port: number): Promise<Environment> {
  const { given } = options;
  const appUrl = given.APP_URL ?? `http://localhost:${port}`;
  const capture: Environment = {};
  if (options.capture) {
    // the same ports at every start, because provider accounts keep them
    const smtp = options.throwaway ? await anyFreePort() : await findPort(CAPTURE_SMTP_PORT);
    const http = options.throwaway ? await anyFreePort() : await findPort(CAPTURE_HTTP_PORT);
    capture.WAYBILL_CAPTURE_SMTP_PORT = String(smtp);
    capture.WAYBILL_CAPTURE_HTTP_URL = `http://127.0.0.1:${http}`;
    capture.WAYBILL_MAIL_URL = `smtp://127.0.0.1:${smtp}`;
    capture.WAYBILL_PROVIDER_PRIVATE_HOSTS = '127.0.0.1,localhost';
  }
  const made = localSecrets(options.home);
  const env = {
    ...made,
    ...capture,
    NODE_ENV: 'production',
    NEXT_TELEMETRY_DISABLED: '1',
    APP_URL: appUrl,
    NEXTAUTH_URL: appUrl,
    // a setting that is blanked out here must not blank out what was just decided
    ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined)),
    PORT: String(port),
    ...options.env,
  };
  parseEnv({ ...env, DATABASE_URL: options.given.DATABASE_URL || 'postgres://embedded' });
  return env;
}

/**
 * PostgreSQL (embedded unless DATABASE_URL is given) with the newest schema, and the means to start the processes that
 * belong to it. Everything started here ends with `stop`, with this process, or with its death.
 */
export async function openStack(options: StackOptions): Promise<Stack> {
  const ending = new AbortController();
  let fail: (sentence: string) => void = () => undefined;
  const failed = new Promise<never>((_, reject) => {
    fail = (sentence) => reject(new Error(sentence));
  });
  failed.catch((error) => ending.abort(error));
  const port = await findPort(options.port, options.insistOnPort);
  const settings = await childEnvironment(options, port);
  const database = await openDatabase(options, fail);
  const logFolder = path.join(options.home, 'logs');
  const supervisor = createSupervisor({ logFolder, print: options.print, say: options.say, onGiveUp: fail });
  const stop = async () => {
    ending.abort(new Error('Waybill is stopping.'));
    await supervisor.stop();
    await database.stop();
  };
  try {
    const [bundles] = await Promise.all([
      options.fromSources ? null : bundleProcesses(),
      migrateAll(database.url, path.join(ROOT, 'drizzle')),
    ]);
    const env: Environment = { ...settings, DATABASE_URL: database.url };
    const captured = path.join(options.home, 'capture');
    const localUrl = `http://127.0.0.1:${port}`;
    const nodeChild = (name: string, graceMs: number, program: keyof typeof SOURCES, ...args: string[]): ChildSpec => ({
      name,
      args: [
        ...(program === 'worker' ? WORKER_FLAGS : []),
        ...(bundles ? [] : ['--import', 'tsx']),
        ...FOLLOWING,
        (bundles ?? SOURCES)[program],
        ...args,
      ],
      env,
      graceMs,
    });
    return {
      appUrl: env.APP_URL ?? localUrl,
      databaseUrl: database.url,
      port,
      postgres: database.postgres,
      env,
      logFolder,
      supervisor,
      bundles,
      failed,
      stop,
      async startCapture(rulesFile) {
        const rules = rulesFile ? ['--rules', rulesFile] : [];
        supervisor.start(nodeChild('capture', 3000, 'capture', '--dir', captured, ...rules));
        const ports = [Number(env.WAYBILL_CAPTURE_SMTP_PORT), Number(new URL(env.WAYBILL_CAPTURE_HTTP_URL ?? '').port)];
        await Promise.all(ports.map((one) => waitForPort(one, 20_000, 'The capture provider', ending.signal)));
      },
      startWorker: (name = 'worker') => supervisor.start(nodeChild(name, 30_000, 'worker')),
      async startWeb(distDir) {
        const isDev = distDir === 'dev';
        const program = isDev
          ? [NEXT_COMMAND, 'dev', '-p', String(port), ...(options.host ? ['-H', options.host] : [])]
          : [(bundles ?? (await bundleProcesses())).web, String(port), ...(options.host ? [options.host] : [])];
        const distEnv = isDev ? { NODE_ENV: 'development' } : { NEXT_DIST_DIR: distDir };
        supervisor.start({
          name: 'web',
          args: [...FOLLOWING, ...program],
          env: { ...env, ...distEnv },
          graceMs: 10_000,
        });
        await waitForPages(localUrl, ending.signal);
      },
    };
  } catch (error) {
    await stop();
    throw error;
  }
}
