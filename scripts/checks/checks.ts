import { checkDirections } from '../directions';
import { NEXT_COMMAND } from '../next-build';
import { binOf, runTool } from '../run-tool';
import { deadPaths } from './docs';
import { migrationsInStep } from './migrations';
import { filesEndingIn } from './source-files';

export interface Check {
  name: string;
  /** What is wrong, in lines a person can act on; nothing if all is well. */
  run: (signal?: AbortSignal) => Promise<string[]>;
}

const LONGEST_FILE_LINES = 300;

async function types(signal?: AbortSignal): Promise<string[]> {
  const routes = await runTool(process.execPath, [NEXT_COMMAND, 'typegen'], { signal });
  if (routes.code !== 0) return [routes.output.trim()];
  const compiler = await runTool(binOf('tsc'), ['--noEmit', '--incremental', 'false', '--pretty', 'false'], { signal });
  return compiler.code === 0 ? [] : [compiler.output.trim()];
}

async function tool(name: string, args: string[], signal?: AbortSignal): Promise<string[]> {
  const result = await runTool(binOf(name), args, { signal });
  return result.code === 0 ? [] : [result.output.trim()];
}

async function directions(): Promise<string[]> {
  return filesEndingIn(/\.(tsx?|mjs)$/)
    .flatMap(({ file, source }) => checkDirections(file, source))
    .map(({ file, line, says }) => `${file}:${line} ${says}`);
}

/** Files that should be split; told, not counted as a failure. */
export function longFiles(): string[] {
  return filesEndingIn(/\.(tsx?|mjs)$/)
    .map(({ file, source }) => ({ file, lines: source.trimEnd().split('\n').length }))
    .filter(({ lines }) => lines > LONGEST_FILE_LINES)
    .map(({ file, lines }) => `${file} has ${lines} lines; over ${LONGEST_FILE_LINES} there are two names in it`);
}

export const CHECKS: Check[] = [
  { name: 'types', run: types },
  { name: 'lint', run: (signal) => tool('biome', ['check', '--max-diagnostics=50', '.'], signal) },
  { name: 'directions', run: directions },
  { name: 'unused', run: (signal) => tool('knip', ['--no-progress'], signal) },
  { name: 'migrations', run: migrationsInStep },
  { name: 'docs', run: async () => deadPaths() },
];

export interface CheckOutcome {
  name: string;
  problems: string[];
  seconds: number;
}

/** Runs the checks two at a time, as they mostly wait for a tool each; tells each result as it comes. */
export async function runChecks(tell: (outcome: CheckOutcome) => void, signal?: AbortSignal): Promise<CheckOutcome[]> {
  const waiting = [...CHECKS];
  const outcomes: CheckOutcome[] = [];
  const lane = async () => {
    for (let check = waiting.shift(); check; check = waiting.shift()) {
      const startedAt = Date.now();
      const problems = await check.run(signal);
      const outcome = { name: check.name, problems, seconds: (Date.now() - startedAt) / 1000 };
      outcomes.push(outcome);
      tell(outcome);
    }
  };
  await Promise.all([lane(), lane()]);
  return outcomes;
}
