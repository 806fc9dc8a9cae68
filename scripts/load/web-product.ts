import { mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { bundleProcesses } from '../bundle-processes';
import { adoptEnvironment, type Environment } from '../environment';
import { anyFreePort, waitForPort } from '../free-port';
import { ensureBuild } from '../next-build';
import { createSupervisor } from '../supervise';
import { watchdog } from '../watchdog';

export interface WebProduct {
  port: number;
  appUrl: string;
  stop(): Promise<void>;
  /** Ends the web process as the system does that has no memory left; it is started again. */
  kill(): void;
}

/**
 * The built web application over a database, as `npm start` runs it: one process, or `WAYBILL_WEB_PROCESSES`. This process
 * gets the same settings, so that it can make data through the product's own verbs. `NEXT_DIST_DIR` names a build that is
 * there; else one is made.
 */
export async function startWebProduct(given: Environment, databaseUrl: string): Promise<WebProduct> {
  const distDir = given.NEXT_DIST_DIR ?? (await ensureBuild({ env: given, say: console.log }));
  const home = mkdtempSync(path.join(os.tmpdir(), 'waybill-load-'));
  watchdog().remove(home);
  const port = await anyFreePort();
  const appUrl = `http://127.0.0.1:${port}`;
  const env: Environment = {
    ...given,
    APP_URL: appUrl,
    NEXTAUTH_URL: appUrl,
    DATABASE_URL: databaseUrl,
    NEXT_DIST_DIR: distDir,
    NEXT_TELEMETRY_DISABLED: '1',
    // what is measured is not the allowance
    WAYBILL_API_RATE: '10000000',
  };
  adoptEnvironment(env);
  const gaveUp = new AbortController();
  const supervisor = createSupervisor({
    logFolder: path.join(home, 'logs'),
    print: (_, line) => {
      if (/error|refused/i.test(line)) console.log(`  web: ${line.slice(0, 300)}`);
    },
    say: console.log,
    onGiveUp: (sentence) => gaveUp.abort(new Error(sentence)),
  });
  const stop = async () => {
    await supervisor.stop();
    rmSync(home, { recursive: true, force: true });
  };
  supervisor.start({
    name: 'web',
    args: ['--import', './scripts/follow-parent.mjs', (await bundleProcesses()).web, String(port), '127.0.0.1'],
    env,
    graceMs: 10_000,
  });
  try {
    await waitForPort(port, 60_000, 'The web application', gaveUp.signal);
  } catch (error) {
    await stop();
    throw error;
  }
  const kill = () => {
    const pid = supervisor.pidOf('web');
    if (pid) process.kill(pid, 'SIGKILL');
  };
  return { port, appUrl, stop, kill };
}
