import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { pathToFileURL } from 'node:url';
import postgres from 'postgres';
import { migrate } from '@/lib/db/migrate';
import type { Bench, BenchWorld, Measurement } from './bench/contract';
import { type Figure, figureLine, figuresOf } from './bench/statistics';
import { interrupted, readArguments, runCommand } from './command';
import { startEmbeddedPostgres } from './embedded-postgres';
import { adoptEnvironment, givenEnvironment, localSecrets, ROOT } from './environment';
import { watchdog } from './watchdog';

const NOT_BENCHES = ['contract', 'statistics'];
const FOLDER = path.join(ROOT, 'scripts', 'bench');
const RESULTS = path.join(ROOT, 'bench', 'results.json');
const known = readdirSync(FOLDER)
  .filter((name) => /^[a-z-]+\.ts$/.test(name))
  .map((name) => path.basename(name, '.ts'))
  .filter((name) => !NOT_BENCHES.includes(name));
const USAGE = `npm run bench -- [${known.join('|')} …] [--rounds N] [--scale X]`;
const { values, positionals } = readArguments({ rounds: { type: 'string' }, scale: { type: 'string' } }, USAGE);

async function load(name: string): Promise<Bench> {
  const loaded: { bench: Bench } = await import(pathToFileURL(path.join(FOLDER, `${name}.ts`)).href);
  return loaded.bench;
}

async function openWorld(): Promise<{ world: BenchWorld; close(): Promise<void> }> {
  const home = mkdtempSync(path.join(os.tmpdir(), 'waybill-bench-'));
  chmodSync(home, 0o711);
  watchdog().remove(home);
  const server = await startEmbeddedPostgres({ folder: path.join(home, 'pg'), database: 'bench' });
  const env = {
    ...givenEnvironment(),
    ...localSecrets(home),
    NODE_ENV: 'production',
    DATABASE_URL: server.url,
    WAYBILL_PROVIDER_PRIVATE_HOSTS: '127.0.0.1',
  };
  await migrate(server.url, path.join(ROOT, 'drizzle'));
  adoptEnvironment(env);
  let made = 0;
  const newDatabase = async () => {
    const name = `bench_${++made}`;
    const sql = postgres(server.urlOf('postgres'), { max: 1 });
    await sql`create database ${sql(name)}`;
    await sql.end();
    await migrate(server.urlOf(name), path.join(ROOT, 'drizzle'));
    return server.urlOf(name);
  };
  const close = async () => {
    await server.stop();
    rmSync(home, { recursive: true, force: true });
  };
  return { world: { newDatabase, env, scale: Number(values.scale ?? 1), say: console.log }, close };
}

interface Result {
  name: string;
  title: string;
  against: string;
  figures: Figure[];
  problems: string[];
  at: string;
}

async function measure(name: string, world: BenchWorld): Promise<Result> {
  const { title, against, rounds: usual, prepare } = await load(name);
  const wanted = Number(values.rounds ?? usual);
  console.log(`\n${name}: ${title}\n  ${against}`);
  const prepared = await prepare(world);
  try {
    await prepared.round();
    const rounds: Measurement[][] = [];
    for (let n = 0; n < wanted; n++) rounds.push(await prepared.round());
    const figures = figuresOf(rounds);
    for (const figure of figures) console.log(figureLine(figure));
    const problems = await prepared.reconcile();
    for (const problem of problems) console.log(`  DOES NOT ADD UP: ${problem}`);
    return { name, title, against, figures, problems, at: new Date().toISOString() };
  } finally {
    await prepared.end();
  }
}

function keep(results: Result[]): void {
  const earlier: Result[] = existsSync(RESULTS) ? JSON.parse(readFileSync(RESULTS, 'utf8')) : [];
  const others = earlier.filter((one) => !results.some((result) => result.name === one.name));
  mkdirSync(path.dirname(RESULTS), { recursive: true });
  writeFileSync(RESULTS, `${JSON.stringify([...others, ...results], null, 2)}\n`);
}

async function benchAll(names: string[]): Promise<number> {
  const { world, close } = await openWorld();
  try {
    const results: Result[] = [];
    for (const name of names) results.push(await measure(name, world));
    keep(results);
    console.log(`\nWritten to ${path.relative(ROOT, RESULTS)}.`);
    return results.some((result) => result.problems.length > 0) ? 1 : 0;
  } finally {
    await close();
  }
}

runCommand(async () => {
  const unknown = positionals.find((name) => !known.includes(name));
  if (unknown) throw new Error(`There is no bench «${unknown}». Usage: ${USAGE}`);
  return await Promise.race([benchAll(positionals.length > 0 ? positionals : known), interrupted()]);
});
