import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import postgres from 'postgres';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { forgetEmbeddedPostgres, startEmbeddedPostgres } from './embedded-postgres';
import { isAlive, isPostgres, readOrNull } from './postgres/owner';

const PATIENCE_MS = 60_000;
const SERVE = `
  import { startEmbeddedPostgres } from './scripts/embedded-postgres';
  const server = await startEmbeddedPostgres({ folder: process.argv[1] });
  process.stdout.write(server.pid + ' ' + server.url);
  setInterval(() => undefined, 1000);
`;

async function until(holds: () => boolean): Promise<void> {
  await expect.poll(holds, { timeout: 20_000, interval: 50 }).toBe(true);
}

describe('the embedded PostgreSQL', { timeout: PATIENCE_MS }, () => {
  const base = mkdtempSync(path.join(os.tmpdir(), 'waybill test '));
  const folder = path.join(base, 'pg');
  const launchers: ChildProcess[] = [];

  beforeAll(() => chmodSync(base, 0o711));
  afterEach(async () => {
    for (const launcher of launchers.splice(0)) {
      if (launcher.exitCode !== null || launcher.signalCode !== null) continue;
      const ended = once(launcher, 'exit');
      launcher.kill('SIGKILL');
      await ended;
    }
  });
  afterAll(() => rmSync(base, { recursive: true, force: true }));

  async function launchElsewhere(): Promise<{ launcher: ChildProcess; pid: number; url: string }> {
    const args = ['--import', 'tsx', '--input-type=module', '--eval', SERVE, folder];
    const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
    launchers.push(launcher);
    const said = await new Promise<string>((resolve, reject) => {
      launcher.stdout?.once('data', (chunk) => resolve(String(chunk)));
      launcher.once('exit', (code) => reject(new Error(`The launcher ended (${code}).`)));
    });
    const [pid = '', url = ''] = said.split(' ');
    return { launcher, pid: Number(pid), url };
  }

  it('keeps its data from one start to the next, in a folder with spaces', async () => {
    const first = await startEmbeddedPostgres({ folder });
    const before = postgres(first.url, { max: 1 });
    await before`create table kept (n int)`;
    await before.end();
    await first.stop();
    expect(isPostgres(first.pid)).toBe(false);

    const second = await startEmbeddedPostgres({ folder });
    const after = postgres(second.url, { max: 1 });
    expect(await after`select n from kept`).toHaveLength(0);
    await after.end();
    await second.stop();
    expect([first.isNew, second.isNew]).toEqual([true, false]);
  });

  it('goes down with a launcher that is killed', async () => {
    const { launcher, pid } = await launchElsewhere();
    launcher.kill('SIGKILL');
    await until(() => !isPostgres(pid));
  });

  it('is not taken down by the watchdog of its killed predecessor', async () => {
    const { launcher, pid } = await launchElsewhere();
    launcher.kill('SIGKILL');
    const successor = await startEmbeddedPostgres({ folder });
    await until(() => !isPostgres(pid));
    const sql = postgres(successor.url, { max: 1 });
    expect(await sql`select 1 as one`).toEqual([{ one: 1 }]);
    await sql.end();
    expect(isPostgres(successor.pid)).toBe(true);
    await successor.stop();
  });

  it('refuses a folder another living launcher works on, and its removal', async () => {
    const { pid } = await launchElsewhere();
    await expect(startEmbeddedPostgres({ folder })).rejects.toThrow(/already runs on .* Stop it first/);
    await expect(forgetEmbeddedPostgres(folder)).rejects.toThrow(/already runs/);
    expect(isPostgres(pid)).toBe(true);
  });

  it('says when the server is killed, and starts over its remains', async () => {
    const crashes: string[] = [];
    const first = await startEmbeddedPostgres({ folder, onCrash: (sentence) => crashes.push(sentence) });
    process.kill(first.pid, 'SIGKILL');
    await until(() => crashes.length > 0);
    expect(crashes).toEqual([expect.stringContaining('ended unexpectedly')]);
    const second = await startEmbeddedPostgres({ folder });
    expect(isAlive(second.pid)).toBe(true);
    await second.stop();
  });

  it('leaves nothing after it is forgotten', async () => {
    await forgetEmbeddedPostgres(folder);
    expect(readOrNull(path.join(folder, 'data', 'PG_VERSION'))).toBeNull();
  });
});
