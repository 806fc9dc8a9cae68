import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { z } from 'zod';
import { binOf, runTool } from '../run-tool';
import type { Tally } from './report';

const reportSchema = z.object({
  numPassedTests: z.number(),
  numFailedTests: z.number(),
  numPendingTests: z.number(),
  numTodoTests: z.number(),
  testResults: z.array(
    z.object({ name: z.string(), status: z.string(), assertionResults: z.array(z.object({ status: z.string() })) }),
  ),
});

/** Adds up vitest's own report: a file that could not be loaded, and an error outside any test, count as failures too. */
export function tallyOf(report: unknown, exitCode: number): Tally {
  const told = reportSchema.parse(report);
  const brokenFiles = told.testResults.filter(
    (file) => file.status === 'failed' && !file.assertionResults.some((test) => test.status === 'failed'),
  );
  let failed = told.numFailedTests + brokenFiles.length;
  const notes = brokenFiles.map((file) => `${file.name} could not be run`);
  if (exitCode !== 0 && failed === 0) {
    failed = 1;
    notes.push('vitest failed outside of any test');
  }
  const skipped = told.numPendingTests + told.numTodoTests;
  if (skipped > 0) notes.push(`${skipped} tests were skipped`);
  return { passed: told.numPassedTests, failed, notes };
}

/** Runs the vitest projects named (all if none) and shows their output as it comes. */
export async function runVitest(projects: string[], signal: AbortSignal): Promise<Tally> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-report-'));
  const file = path.join(folder, 'vitest.json');
  const args = ['run', ...projects.flatMap((name) => ['--project', name])];
  args.push('--reporter=default', '--reporter=json', `--outputFile.json=${file}`, '--passWithNoTests');
  try {
    const { code } = await runTool(binOf('vitest'), args, { signal, print: (text) => process.stdout.write(text) });
    return tallyOf(JSON.parse(readFileSync(file, 'utf8')), code);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
