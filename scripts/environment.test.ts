import { mkdtempSync, rmSync, statSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { parseEnv } from '@/lib/env';
import { localSecrets } from './environment';

describe('the secrets of an installation', () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'waybill-secrets-'));
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  it('are made once, are good settings, and are for the owner’s eyes only', () => {
    const home = path.join(base, 'a', 'home');
    const made = localSecrets(home);
    expect(localSecrets(home)).toEqual(made);
    expect(parseEnv({ ...made, DATABASE_URL: 'postgres://a@b/c' })).toMatchObject(made);
    expect(statSync(path.join(home, 'secrets.json')).mode & 0o077).toBe(0);
  });

  it('are not made anew over damaged ones', () => {
    const home = path.join(base, 'b');
    localSecrets(home);
    writeFileSync(path.join(home, 'secrets.json'), '{"WAYBILL_SECRET":"x"}');
    expect(() => localSecrets(home)).toThrow(/damaged\. Restore it from a backup/);
    writeFileSync(path.join(home, 'secrets.json'), '{"WAYBILL_SEC');
    expect(() => localSecrets(home)).toThrow(/damaged\. Restore it from a backup/);
  });

  it('that cannot be kept are one sentence with the place', () => {
    const file = path.join(base, 'file');
    writeFileSync(file, '');
    expect(() => localSecrets(path.join(file, 'home'))).toThrow(
      `Waybill cannot keep its data in ${file}/home: something that is not a folder is in the way. Nothing was started.`,
    );
  });
});
