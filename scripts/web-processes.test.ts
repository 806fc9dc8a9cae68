import { type ChildProcess, spawn } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterEach, beforeAll, expect, it } from 'vitest';
import { ROOT } from './environment';
import { anyFreePort } from './free-port';
import { isAlive } from './postgres/owner';

const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-processes-'));
const PROGRAM = path.join(folder, 'program.ts');
const started: ChildProcess[] = [];

beforeAll(() => {
  writeFileSync(
    PROGRAM,
    `import cluster from 'node:cluster';
     import { createServer } from 'node:http';
     import { keepProcesses } from '${path.join(ROOT, 'scripts', 'web-processes.ts')}';
     if (cluster.isPrimary) keepProcesses(2);
     else if (process.argv[3] === 'broken') process.exit(7);
     else createServer((_, res) => res.setHeader('connection', 'close').end(String(process.pid))).listen(Number(process.argv[2]), '127.0.0.1');`,
  );
  return () => rmSync(folder, { recursive: true, force: true });
});
afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});

function start(port: number, ...args: string[]): ChildProcess {
  const child = spawn(process.execPath, ['--import', 'tsx', PROGRAM, String(port), ...args], { cwd: ROOT });
  started.push(child);
  return child;
}
const ended = (child: ChildProcess) => new Promise<number | null>((resolve) => child.once('exit', resolve));

/** The processes that answer on a port, as long as it takes to see two. */
async function answering(port: number, but?: number): Promise<number[]> {
  const seen = new Set<number>();
  await expect
    .poll(
      async () => {
        const pid = await fetch(`http://127.0.0.1:${port}`, { signal: AbortSignal.timeout(1000) }).then(
          (answer) => answer.text(),
          () => '',
        );
        if (pid && Number(pid) !== but) seen.add(Number(pid));
        return seen.size;
      },
      { timeout: 30_000, interval: 10 },
    )
    .toBe(2);
  return [...seen];
}

it('several processes answer on one port, one that dies is replaced, and all end together', {
  timeout: 60_000,
}, async () => {
  const port = await anyFreePort();
  const child = start(port);
  const [first = 0, second = 0] = await answering(port);
  process.kill(first, 'SIGKILL');
  const after = await answering(port, first);
  expect(after).toContain(second);
  const end = ended(child);
  child.kill('SIGTERM');
  expect(await end).toBe(0);
  await expect.poll(() => after.some(isAlive), { timeout: 20_000 }).toBe(false);
});

it('processes that never listen are given up, with the code they ended with', { timeout: 60_000 }, async () => {
  expect(await ended(start(await anyFreePort(), 'broken'))).toBe(7);
});
