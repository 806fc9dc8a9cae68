import { chmodSync, cpSync, existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import { findChromium } from '../chromium';
import { adoptEnvironment, type Environment, givenEnvironment, ROOT } from '../environment';
import { anyFreePort } from '../free-port';
import { binOf, runTool } from '../run-tool';
import { openStack, type Stack } from '../stack';
import { watchdog } from '../watchdog';
import type { Tally } from './report';

const reportSchema = z.object({
  stats: z.object({ expected: z.number(), unexpected: z.number(), flaky: z.number(), skipped: z.number() }),
  errors: z.array(z.object({ message: z.string().optional() })),
});

/** Adds up Playwright's own report; what failed before any test counts as one failure. */
export function tallyOf(report: unknown, exitCode: number): Tally {
  const { stats, errors } = reportSchema.parse(report);
  const failed = Math.max(stats.unexpected + stats.flaky, exitCode === 0 ? 0 : 1);
  const notes = errors.map((error) => error.message?.split('\n')[0] ?? 'Playwright failed outside of any test');
  if (stats.skipped > 0) notes.push(`${stats.skipped} browser tests were skipped`);
  return { passed: stats.expected, failed, notes };
}

async function startProduct(home: string, distDir: string): Promise<Stack> {
  const say = (line: string) => console.log(`   ${line}`);
  const stack = await openStack({
    home,
    given: { ...givenEnvironment(), APP_URL: undefined, DATABASE_URL: undefined },
    port: await anyFreePort(),
    host: '127.0.0.1',
    capture: true,
    throwaway: true,
    env: { WAYBILL_DEMO: '1' },
    say,
  });
  try {
    await stack.startCapture(path.join(ROOT, 'scripts', 'demo', 'capture-rules.json'));
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
  const file = path.join(ROOT, 'e2e', 'seed.ts');
  if (!existsSync(file)) return {};
  adoptEnvironment(stack.env);
  const loaded: { seed(stack: Stack): Promise<Environment> } = await import(pathToFileURL(file).href);
  return await loaded.seed(stack);
}

/**
 * The browser tests against the whole product, started for them on free ports with data of its own. The specs get its
 * settings (BASE_URL, DATABASE_URL, WAYBILL_CAPTURE_HTTP_URL, …) in the environment.
 */
export async function runPlaywright(distDir: string, args: string[], signal: AbortSignal): Promise<Tally> {
  const given = givenEnvironment();
  const chromium = await findChromium({ CHROMIUM_PATH: given.CHROMIUM_PATH, PATH: given.PATH }, console.log);
  const home = mkdtempSync(path.join(os.tmpdir(), 'waybill-e2e-'));
  chmodSync(home, 0o711);
  watchdog().remove(home);
  const stack = await startProduct(home, distDir);
  const report = path.join(home, 'playwright.json');
  try {
    const seeded = await seed(stack);
    const env = { ...stack.env, ...seeded, BASE_URL: stack.appUrl, CHROMIUM_PATH: chromium, E2E_REPORT: report };
    const running = runTool(binOf('playwright'), ['test', '--pass-with-no-tests', ...args], {
      env,
      signal,
      print: (text) => process.stdout.write(text),
    });
    const { code } = await Promise.race([running, stack.failed]);
    const tally = tallyOf(JSON.parse(readFileSync(report, 'utf8')), code);
    if (tally.failed > 0) {
      cpSync(stack.logFolder, path.join(ROOT, 'test-results', 'logs'), { recursive: true });
      tally.notes.push('Screenshots, traces and the logs of web, worker and capture are in test-results/');
    }
    return tally;
  } finally {
    await stack.stop();
    rmSync(home, { recursive: true, force: true });
  }
}
