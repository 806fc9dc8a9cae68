import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { isAlive, readOrNull } from './postgres/owner';
import { createSupervisor, type Supervisor } from './supervise';

const STAYS = "process.on('SIGTERM', () => process.exit(0)); setInterval(() => undefined, 1000); console.log('up');";
const DEAF = "process.on('SIGTERM', () => undefined); setInterval(() => undefined, 1000); console.log('up');";
const CRASHES = "console.error('no such thing as a setting'); process.exit(3);";
const LAUNCH = `
  import { createSupervisor } from './scripts/supervise';
  const [logFolder, script] = process.argv.slice(1);
  const supervisor = createSupervisor({
    logFolder,
    say: () => undefined,
    onGiveUp: () => undefined,
    print: () => process.stdout.write(String(supervisor.pidOf('child'))),
  });
  supervisor.start({ name: 'child', args: ['--eval', script], env: {}, graceMs: 5000 });
`;

/** A process that nobody collects still answers to its id; it does not run. */
function isRunning(pid: number): boolean {
  if (!isAlive(pid)) return false;
  return !/\) Z /.test(readOrNull(`/proc/${pid}/stat`) ?? '');
}

describe('the supervisor of the processes', () => {
  let logFolder = '';
  let supervisor: Supervisor;
  let gaveUp: string[];
  let printed: string[];
  const running = () => supervisor.pidOf('child') ?? 0;
  const ups = () => printed.filter((line) => line === 'up').length;

  beforeEach(() => {
    logFolder = mkdtempSync(path.join(os.tmpdir(), 'waybill-supervise-'));
    gaveUp = [];
    printed = [];
    supervisor = createSupervisor({
      logFolder,
      print: (_, line) => printed.push(line),
      say: () => undefined,
      onGiveUp: (sentence) => gaveUp.push(sentence),
    });
  });
  afterEach(async () => {
    await supervisor.stop();
    rmSync(logFolder, { recursive: true, force: true });
  });

  const start = (script: string, graceMs = 5000) =>
    supervisor.start({ name: 'child', args: ['--eval', script], env: {}, graceMs });

  it('starts a child again that was killed', async () => {
    start(STAYS);
    await expect.poll(ups, { timeout: 10_000 }).toBe(1);
    const before = running();
    process.kill(before, 'SIGKILL');
    await expect.poll(ups, { timeout: 10_000 }).toBe(2);
    expect(running()).not.toBe(before);
  });

  it('gives up on a child that never runs, with what it said last', { timeout: 20_000 }, async () => {
    start(CRASHES);
    await expect.poll(() => gaveUp.length, { timeout: 15_000 }).toBe(1);
    expect(gaveUp[0]).toContain('no such thing as a setting');
    expect(readFileSync(path.join(logFolder, 'child.log'), 'utf8')).toContain('no such thing');
  });

  it('kills a child that does not end in its time, and does not start it again', { timeout: 20_000 }, async () => {
    start(DEAF, 200);
    await expect.poll(ups, { timeout: 10_000 }).toBe(1);
    const pid = running();
    await supervisor.stop('child');
    expect(isAlive(pid)).toBe(false);
    expect(ups()).toBe(1);
  });

  it.each([
    ['ends when asked', STAYS],
    ['does not listen', DEAF],
  ])(
    'leaves nothing running when the launcher itself is killed: a child that %s',
    { timeout: 60_000 },
    async (_, child) => {
      const args = ['--import', 'tsx', '--input-type=module', '--eval', LAUNCH, logFolder, child];
      const launcher = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'] });
      const pid = await new Promise<number>((resolve) => {
        launcher.stdout.once('data', (chunk) => resolve(Number(chunk)));
      });
      expect(isAlive(pid)).toBe(true);
      launcher.kill('SIGKILL');
      await expect.poll(() => isRunning(pid), { timeout: 30_000, interval: 100 }).toBe(false);
    },
  );
});
