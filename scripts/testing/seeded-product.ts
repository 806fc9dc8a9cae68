import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { findChromium } from '../chromium';
import { adoptEnvironment, type Environment, givenEnvironment, ROOT } from '../environment';
import { anyFreePort } from '../free-port';
import { openStack, type Stack } from '../stack';
import { watchdog } from '../watchdog';

async function startProduct(home: string, distDir: string): Promise<Stack> {
  const port = await anyFreePort();
  const stack = await openStack({
    home,
    given: { ...givenEnvironment(), APP_URL: undefined, DATABASE_URL: undefined },
    port,
    host: '127.0.0.1',
    capture: true,
    throwaway: true,
    env: {
      WAYBILL_DEMO: '1',
      // people come to localhost, recipients to the same by its number
      WAYBILL_PUBLIC_URL: `http://127.0.0.1:${port}`,
      // a spec stands in for the other end of a webhook
      WAYBILL_WEBHOOK_PRIVATE_HOSTS: '127.0.0.1',
    },
    say: (line) => console.log(`   ${line}`),
  });
  try {
    await stack.startCapture(path.join(ROOT, 'e2e', 'capture-rules.json'));
    stack.startWorker();
    await stack.startWeb(distDir);
    return stack;
  } catch (error) {
    await stack.stop();
    throw error;
  }
}

/** e2e/seed.ts puts people and data into the new database through the product's own verbs; it returns more settings. */
async function seed(stack: Stack): Promise<Environment> {
  adoptEnvironment(stack.env);
  const loaded: { seed(stack: Stack): Promise<Environment> } = await import(
    pathToFileURL(path.join(ROOT, 'e2e', 'seed.ts')).href
  );
  return await loaded.seed(stack);
}

export interface SeededProduct {
  stack: Stack;
  /** Its settings (BASE_URL, DATABASE_URL, WAYBILL_CAPTURE_HTTP_URL, …), those of the seed, and CHROMIUM_PATH. */
  env: Environment;
  home: string;
}

/** The whole built product on free ports with data of its own, for as long as the work takes. */
export async function withSeededProduct<T>(distDir: string, work: (product: SeededProduct) => Promise<T>): Promise<T> {
  const given = givenEnvironment();
  const chromium = await findChromium({ CHROMIUM_PATH: given.CHROMIUM_PATH, PATH: given.PATH }, console.log);
  const home = mkdtempSync(path.join(os.tmpdir(), 'waybill-e2e-'));
  chmodSync(home, 0o711);
  watchdog().remove(home);
  const stack = await startProduct(home, distDir);
  try {
    const seeded = await seed(stack);
    const env = { ...stack.env, ...seeded, BASE_URL: stack.appUrl, CHROMIUM_PATH: chromium };
    return await Promise.race([work({ stack, env, home }), stack.failed]);
  } finally {
    await stack.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
