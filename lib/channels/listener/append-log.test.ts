import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import os from 'node:os';
import path from 'node:path';
import { afterAll, expect, it } from 'vitest';

const LIMIT_BLOCKS = 8;
const PROGRAM = `
  import { AppendLog } from './lib/channels/listener/append-log';
  const log = new AppendLog(process.argv[1], { durable: true });
  const append = (text) => new Promise((resolve) => log.append([Buffer.from(text)], (error) => resolve(error ? 'refused' : 'kept')));
  const answers = [await append('one\\n')];
  answers.push(...await Promise.all([append('x'.repeat(10_000)), append('too late\\n')]));
  answers.push(await append('two\\n'), log.size);
  await log.close();
  process.stdout.write(JSON.stringify(answers));
`;

const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-log-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

it('a log keeps nothing in part when the disk is full, and goes on when there is space', () => {
  const file = path.join(folder, 'log');
  // the system refuses a file that grows beyond the limit as it does one on a full disk
  const script = `ulimit -f ${LIMIT_BLOCKS}; exec "$0" --import tsx --input-type=module --eval "$1" "$2"`;
  const run = spawnSync('sh', ['-c', script, process.execPath, PROGRAM, file], { encoding: 'utf8' });
  expect(run.stderr).toBe('');
  expect(JSON.parse(run.stdout)).toEqual(['kept', 'refused', 'refused', 'kept', 8]);
  expect(readFileSync(file, 'utf8')).toBe('one\ntwo\n');
});
