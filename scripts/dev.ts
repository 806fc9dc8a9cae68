import { existsSync, watch } from 'node:fs';
import path from 'node:path';
import { askedPort, interrupted, readArguments, runCommand, stayUp } from './command';
import { givenEnvironment, ROOT } from './environment';
import { welcome } from './set-up-link';
import { openStack, type Stack } from './stack';

const { values } = readArguments({ port: { type: 'string' } }, 'npm run dev -- [--port N]');
const say = (line: string) => console.log(line);
const SETTLE_MS = 300;

/** The worker has no hot reload: it is started again when its sources change. */
function restartWorkerOnChange(stack: Stack): void {
  let timer: NodeJS.Timeout | undefined;
  for (const folder of ['lib', 'emails']) {
    const full = path.join(ROOT, folder);
    if (!existsSync(full)) continue;
    watch(full, { recursive: true }, (_, file) => {
      if (!file || !/\.tsx?$/.test(file) || /\.test\.tsx?$/.test(file)) return;
      clearTimeout(timer);
      timer = setTimeout(() => {
        say(`${folder}/${file} changed: starting the worker again.`);
        void stack.supervisor.restart('worker');
      }, SETTLE_MS);
    });
  }
}

runCommand(async () => {
  const untilSignal = interrupted();
  const given = givenEnvironment();
  const stack = await openStack({
    home: path.join(ROOT, '.waybill'),
    given,
    ...askedPort(values.port, given.PORT, 3000),
    host: '127.0.0.1',
    capture: true,
    env: { NODE_ENV: 'development' },
    fromSources: true,
    say,
    print: (name, line) => console.log(`${name.padEnd(7)} ${line}`),
  });
  stack
    .startCapture()
    .then(() => {
      stack.startWorker();
      restartWorkerOnChange(stack);
      return stack.startWeb('dev');
    })
    .then(() => welcome(stack, say))
    .catch((error) => say(error instanceof Error ? error.message : String(error)));
  return await stayUp(stack, untilSignal, say);
});
