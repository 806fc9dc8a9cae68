import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import * as fs from 'node:fs';
import path from 'node:path';
import { type Environment, forChild, ROOT } from './environment';

const INPUTS = ['app', 'components', 'emails', 'lib', 'public', 'next.config.ts', 'package-lock.json', 'package.json'];
const MORE_INPUTS = [
  'tsconfig.json',
  'postcss.config.mjs',
  'instrumentation.ts',
  'instrumentation-node.ts',
  'proxy.ts',
];
const NOT_BUILT = /(\.test\.tsx?|\.md|(^|\/)(bench|testing)\.ts)$/;
const BUILDS = path.join('.waybill', 'builds');
const MARK = 'waybill-build.json';
const KEPT_BUILDS = 3;
const ABANDONED_AFTER_MS = 60 * 60_000;

export const NEXT_COMMAND = path.join(ROOT, 'node_modules', 'next', 'dist', 'bin', 'next');

function filesBelow(place: string): string[] {
  const full = path.join(ROOT, place);
  const found = fs.statSync(full, { throwIfNoEntry: false });
  if (!found) return [];
  if (found.isFile()) return [place];
  const entries = fs.readdirSync(full, { withFileTypes: true });
  return entries.flatMap((entry) =>
    entry.isDirectory() ? filesBelow(path.join(place, entry.name)) : [path.join(place, entry.name)],
  );
}

/** Changes when anything in these files and folders changes, tests and documents apart. */
export function stampOf(places: string[]): string {
  const hash = createHash('sha256').update(process.versions.node);
  for (const place of places) {
    for (const file of filesBelow(place).sort()) {
      if (NOT_BUILT.test(file)) continue;
      hash.update(`\0${file}\0`).update(fs.readFileSync(path.join(ROOT, file)));
    }
  }
  return hash.digest('hex').slice(0, 16);
}

const sourceStamp = () => stampOf([...INPUTS, ...MORE_INPUTS]);

function finishedBuilds(): string[] {
  const folder = path.join(ROOT, BUILDS);
  if (!fs.existsSync(folder)) return [];
  const made = (name: string) => fs.statSync(path.join(folder, name, MARK), { throwIfNoEntry: false })?.mtimeMs ?? 0;
  return fs
    .readdirSync(folder)
    .filter((name) => made(name) > 0)
    .sort((a, b) => made(b) - made(a));
}

/** What a build left that was interrupted or killed; another launcher may still be at work on a young one. */
function removeAbandoned(): void {
  const folder = path.join(ROOT, BUILDS);
  if (!fs.existsSync(folder)) return;
  const finished = finishedBuilds();
  for (const name of fs.readdirSync(folder)) {
    const full = path.join(folder, name);
    const isOld = fs.statSync(full).mtimeMs < Date.now() - ABANDONED_AFTER_MS;
    if (isOld && !finished.includes(name)) fs.rmSync(full, { recursive: true, force: true });
  }
}

/** `next build` points this file at its own output folder; editors and tsc want the usual one. */
function keepingTypes(): () => void {
  const file = path.join(ROOT, 'next-env.d.ts');
  const before = fs.existsSync(file) ? fs.readFileSync(file) : null;
  return () => {
    if (before) fs.writeFileSync(file, before);
    else fs.rmSync(file, { force: true });
  };
}

function runNextBuild(distDir: string, given: Environment, print: (text: string) => void, signal?: AbortSignal) {
  const env = {
    ...given,
    NODE_ENV: 'production',
    NEXT_DIST_DIR: distDir,
    NEXT_TELEMETRY_DISABLED: '1',
    WAYBILL_FOLLOW: '1',
  };
  return new Promise<number | NodeJS.Signals>((resolve, reject) => {
    const child = spawn(process.execPath, ['--import', './scripts/follow-parent.mjs', NEXT_COMMAND, 'build'], {
      cwd: ROOT,
      env: forChild(env),
      signal,
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    child.stdout?.on('data', (chunk) => print(String(chunk)));
    child.stderr?.on('data', (chunk) => print(String(chunk)));
    child.once('error', reject);
    child.once('close', (code, killedBy) => resolve(killedBy ?? code ?? 1));
  });
}

export interface BuildOptions {
  env: Environment;
  say: (line: string) => void;
  print?: (text: string) => void;
  force?: boolean;
  signal?: AbortSignal;
}

/**
 * Builds the web application unless a build of the same sources is there; returns its folder. Each build has a folder of
 * its own, so a server that runs from an older one is not disturbed and a failed build changes nothing.
 */
export async function ensureBuild({ env, say, print, force, signal }: BuildOptions): Promise<string> {
  const distDir = path.join(BUILDS, sourceStamp());
  const full = path.join(ROOT, distDir);
  if (!force && fs.existsSync(path.join(full, MARK))) return distDir;
  const [newest, ...older] = finishedBuilds().filter((name) => name !== path.basename(distDir));
  removeAbandoned();
  fs.rmSync(full, { recursive: true, force: true });
  fs.mkdirSync(full, { recursive: true });
  const cache = newest ? path.join(ROOT, BUILDS, newest, 'cache') : null;
  if (cache && fs.existsSync(cache)) fs.cpSync(cache, path.join(full, 'cache'), { recursive: true });
  say('Building the web application (next build).');
  const startedAt = Date.now();
  const restoreTypes = keepingTypes();
  let output = '';
  const code = await runNextBuild(
    distDir,
    env,
    (text) => {
      output = (output + text).slice(-12_000);
      print?.(text);
    },
    signal,
  ).finally(restoreTypes);
  if (code !== 0 || !fs.existsSync(path.join(full, 'BUILD_ID'))) {
    fs.rmSync(full, { recursive: true, force: true });
    const tail = print ? '' : `\n${output.trimEnd().split('\n').slice(-30).join('\n')}`;
    throw new Error(`next build failed (${code}); what was built before is still there.${tail}`);
  }
  const seconds = Math.round((Date.now() - startedAt) / 1000);
  fs.writeFileSync(path.join(full, MARK), JSON.stringify({ seconds }));
  for (const name of older.slice(KEPT_BUILDS - 2))
    fs.rmSync(path.join(ROOT, BUILDS, name), { recursive: true, force: true });
  say(`Built in ${seconds} s.`);
  return distDir;
}
