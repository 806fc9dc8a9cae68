import { cpSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import { ROOT } from '../environment';
import { binOf, runTool } from '../run-tool';
import type { Tally } from './report';
import { withSeededProduct } from './seeded-product';

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

/**
 * The browser tests against the whole product, started for them on free ports with data of its own. The specs get its
 * settings (BASE_URL, DATABASE_URL, WAYBILL_CAPTURE_HTTP_URL, …) in the environment.
 */
export async function runPlaywright(distDir: string, args: string[], signal: AbortSignal): Promise<Tally> {
  return await withSeededProduct(distDir, async ({ stack, env, home }) => {
    const report = path.join(home, 'playwright.json');
    const { code } = await runTool(binOf('playwright'), ['test', '--pass-with-no-tests', ...args], {
      env: { ...env, E2E_REPORT: report },
      signal,
      print: (text) => process.stdout.write(text),
    });
    const tally = tallyOf(JSON.parse(readFileSync(report, 'utf8')), code);
    if (tally.failed > 0) {
      cpSync(stack.logFolder, path.join(ROOT, 'test-results', 'logs'), { recursive: true });
      tally.notes.push('Screenshots, traces and the logs of web, worker and capture are in test-results/');
    }
    return tally;
  });
}
