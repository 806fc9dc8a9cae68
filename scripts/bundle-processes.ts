import * as fs from 'node:fs';
import path from 'node:path';
import { type BundleOptions, bundleName, bundleProgram } from './bundle';
import { ROOT } from './environment';
import { stampOf } from './next-build';

const ENTRIES = {
  worker: 'lib/jobs/worker.ts',
  capture: 'lib/channels/capture/main.ts',
  scenario: 'scripts/demo-scenario.ts',
  web: 'scripts/web.ts',
};
const OPTIONS: Partial<Record<keyof typeof ENTRIES, BundleOptions>> = { web: { sharesPackages: true } };
export type Bundles = Record<keyof typeof ENTRIES, string>;

const NAMES = Object.keys(ENTRIES) as (keyof typeof ENTRIES)[];

const INPUTS = ['app', 'emails', 'lib', 'scripts', 'package-lock.json', 'tsconfig.json'];
const BUNDLES = path.join('.waybill', 'processes');
const KEPT = 3;

function removeOlder(folder: string): void {
  const made = (name: string) => fs.statSync(path.join(folder, name)).mtimeMs;
  const names = fs.readdirSync(folder).sort((a, b) => made(b) - made(a));
  for (const name of names.slice(KEPT)) fs.rmSync(path.join(folder, name), { recursive: true, force: true });
}

/** The product's processes as one file each, made again when a source changed. Answers where they lie in the project. */
export async function bundleProcesses(): Promise<Bundles> {
  const folder = path.join(BUNDLES, stampOf(INPUTS));
  const full = path.join(ROOT, folder);
  if (!fs.existsSync(full)) {
    const partial = `${full}.${process.pid}`;
    try {
      await Promise.all(NAMES.map((name) => bundleProgram(ENTRIES[name], partial, OPTIONS[name])));
      // another launcher may have been faster
      if (!fs.existsSync(full)) fs.renameSync(partial, full);
    } finally {
      fs.rmSync(partial, { recursive: true, force: true });
    }
    removeOlder(path.dirname(full));
  }
  return Object.fromEntries(
    NAMES.map((name) => [name, path.join(folder, bundleName(ENTRIES[name], OPTIONS[name]))]),
  ) as Bundles;
}
