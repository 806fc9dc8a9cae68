import path from 'node:path';
import { longFiles, runChecks } from './checks/checks';
import { interrupted, readArguments, runCommand } from './command';
import { givenEnvironment, ROOT } from './environment';
import { ensureBuild } from './next-build';
import { runTool } from './run-tool';
import { add, nothing, section, type Tally } from './testing/report';
import { runPlaywright } from './testing/run-playwright';
import { runVitest } from './testing/run-vitest';

const PARTS = ['check', 'unit', 'db', 'chaos', 'e2e'];
const USAGE = `npm test -- [${PARTS.join('|')} …] [--grep TEXT for e2e]`;
const { values, positionals } = readArguments({ grep: { type: 'string' } }, USAGE);
const cancel = new AbortController();

async function checks(): Promise<Tally> {
  const outcomes = await runChecks(({ name, problems, seconds }) => {
    console.log(`   ${problems.length === 0 ? 'ok    ' : 'FAILED'} ${name.padEnd(12)} ${seconds.toFixed(1)} s`);
    for (const problem of problems) console.log(problem.replace(/^/gm, '          '));
  }, cancel.signal);
  const failed = outcomes.filter((outcome) => outcome.problems.length > 0);
  const notes = failed.map((outcome) => `check ${outcome.name} failed`);
  return { passed: outcomes.length - failed.length, failed: failed.length, notes: [...notes, ...longFiles()] };
}

const CHAOS = ['--import', 'tsx', path.join(ROOT, 'scripts', 'chaos.ts')];

async function chaos(): Promise<Tally> {
  const { code } = await runTool(process.execPath, [...CHAOS, '--seed', '7', '--seconds', '60'], {
    signal: cancel.signal,
    print: (text) => process.stdout.write(text),
  });
  return code === 0 ? { ...nothing(), passed: 1 } : { ...nothing(), failed: 1, notes: ['the crash test failed'] };
}

/** A crash test that cannot fail proves nothing: with workers that forget what was on the wire it must see duplicates. */
async function plantedBug(): Promise<Tally> {
  const args = ['--seed', '1', '--seconds', '1', '--recipients', '60', '--workers', '1', '--json'];
  const { code, output } = await runTool(process.execPath, [...CHAOS, ...args, '--bug', 'forget_intents'], {
    signal: cancel.signal,
  });
  const duplicated = Number(/"duplicated":(\d+)/.exec(output)?.[1] ?? 0);
  if (code === 1 && duplicated > 0) return { ...nothing(), passed: 1 };
  process.stdout.write(output);
  return { ...nothing(), failed: 1, notes: ['the crash test did not see a planted bug'] };
}

async function browser(): Promise<Tally> {
  let distDir = '';
  const built = await section('Build', async () => {
    const say = (line: string) => console.log(`   ${line}`);
    distDir = await ensureBuild({ env: givenEnvironment(), say, signal: cancel.signal });
    return { ...nothing(), passed: 1 };
  });
  if (!distDir) return built;
  const args = values.grep ? ['--grep', values.grep] : [];
  return add(built, await section('Browser tests', () => runPlaywright(distDir, args, cancel.signal)));
}

async function all(chosen: string[]): Promise<Tally> {
  const wants = (part: string) => chosen.length === 0 || chosen.includes(part);
  let total = nothing();
  const run = async (work: () => Promise<Tally>) => {
    if (!cancel.signal.aborted) total = add(total, await work());
  };
  if (wants('check')) await run(() => section('Checks', checks));
  const projects = ['unit', 'db'].filter(wants);
  if (projects.length > 0)
    await run(() => section('Unit, database and engine tests', () => runVitest(projects, cancel.signal)));
  if (wants('chaos')) {
    await run(() => section('Crash test', chaos));
    await run(() => section('Crash test with a planted bug, which it must see', plantedBug));
  }
  if (wants('e2e')) await run(browser);
  return total;
}

runCommand(async () => {
  const unknown = positionals.find((part) => !PARTS.includes(part));
  if (unknown) throw new Error(`There is no part «${unknown}». Usage: ${USAGE}`);
  const untilSignal = interrupted().then((code) => {
    cancel.abort();
    return code;
  });
  const startedAt = Date.now();
  const total = await Promise.race([all(positionals), untilSignal]);
  if (typeof total === 'number') return total;
  console.log(`\n── Sum, after ${Math.round((Date.now() - startedAt) / 1000)} s ${'─'.repeat(60)}`);
  for (const note of total.notes) console.log(`   ${note}`);
  console.log(`${total.passed} passed, ${total.failed} failed`);
  return total.failed === 0 ? 0 : 1;
});
