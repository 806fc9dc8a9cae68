import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { ROOT } from '../environment';

/** The first version without the known holes that concern us; raise one when an advisory names it. */
const FLOORS: Readonly<Record<string, string>> = {
  // CVE-2025-29927, CVE-2025-55182, CVE-2026-44573 to 44578, CVE-2026-45109, GHSA-mq59-m269-xvcx
  next: '16.2.6',
  react: '19.2.1',
  'react-dom': '19.2.1',
  // CVE-2025-13033, CVE-2025-14874
  nodemailer: '7.0.11',
  // CVE-2022-31127, CVE-2022-35924
  'next-auth': '4.24.5',
};
/** Parsers and engines whose own record of holes makes us do without them. */
const UNWANTED = ['liquidjs', 'handlebars', 'ejs', 'vm2', 'serialize-javascript'];

const lockSchema = z.object({
  packages: z.record(z.string(), z.object({ version: z.string().optional(), dev: z.boolean().optional() })),
});
const { packages } = lockSchema.parse(JSON.parse(readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8')));
const installed = Object.entries(packages).flatMap(([place, { version, dev }]) => {
  const name = place.split('node_modules/').at(-1) ?? '';
  return version && !dev ? [{ name, version }] : [];
});
const parts = (version: string) => version.split(/[.-]/).map(Number);

function isBelow(version: string, floor: string): boolean {
  const [have, need] = [parts(version), parts(floor)];
  const at = need.findIndex((part, n) => part !== have[n]);
  return at >= 0 && !((have[at] ?? 0) > (need[at] ?? 0));
}

describe('what is installed with the product', () => {
  it('compares versions by their numbers', () => {
    expect(isBelow('7.0.9', '7.0.11')).toBe(true);
    expect(isBelow('7.0.11', '7.0.11')).toBe(false);
    expect(isBelow('16.10.0', '16.2.6')).toBe(false);
  });

  it.each(Object.entries(FLOORS))('has no %s below %s', (name, floor) => {
    const versions = installed.filter((one) => one.name === name).map(({ version }) => version);
    expect(versions.length).toBeGreaterThan(0);
    expect(versions.filter((version) => isBelow(version, floor))).toEqual([]);
  });

  it('holds no template engine that can be made to run code', () => {
    expect(installed.filter(({ name }) => UNWANTED.includes(name))).toEqual([]);
  });
});
