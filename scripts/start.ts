import path from 'node:path';
import { askedPort, interrupted, readArguments, runCommand, stayUp } from './command';
import { givenEnvironment, ROOT } from './environment';
import { ensureBuild } from './next-build';
import { welcome } from './set-up-link';
import { openStack } from './stack';

const { values } = readArguments(
  { port: { type: 'string' }, host: { type: 'string' } },
  'npm start -- [--port N] [--host ADDRESS]',
);
const say = (line: string) => console.log(line);

runCommand(async () => {
  const untilSignal = interrupted();
  const given = givenEnvironment();
  const stack = await openStack({
    home: path.join(ROOT, '.waybill'),
    given,
    ...askedPort(values.port, given.PORT, 3000),
    host: values.host,
    say,
    print: (name, line) => console.log(`${name.padEnd(7)} ${line}`),
  });
  stack.startWorker();
  const cancel = new AbortController();
  void untilSignal.then(() => cancel.abort());
  // the worker goes on with what was under way while the web application may still have to be built
  const broken = ensureBuild({ env: given, say, signal: cancel.signal })
    .then(stack.startWeb)
    .then(() => welcome(stack, say))
    .then(() => new Promise<never>(() => undefined));
  return await stayUp({ ...stack, failed: Promise.race([stack.failed, broken]) }, untilSignal, say);
});
