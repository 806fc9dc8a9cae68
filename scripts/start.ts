import path from 'node:path';
import { askedPort, interrupted, readArguments, runCommand, stayUp } from './command';
import { givenEnvironment, ROOT } from './environment';
import { ensureBuild } from './next-build';
import { openStack } from './stack';

const { values } = readArguments(
  { port: { type: 'string' }, host: { type: 'string' } },
  'npm start -- [--port N] [--host ADDRESS]',
);
const say = (line: string) => console.log(line);

runCommand(async () => {
  const untilSignal = interrupted();
  const given = givenEnvironment();
  const distDir = await Promise.race([ensureBuild({ env: given, say }), untilSignal]);
  if (typeof distDir === 'number') return distDir;
  const stack = await openStack({
    home: path.join(ROOT, '.waybill'),
    given,
    ...askedPort(values.port, given.PORT, 3000),
    host: values.host,
    say,
    print: (name, line) => console.log(`${name.padEnd(7)} ${line}`),
  });
  stack.startWorker();
  stack.startWeb(distDir).then(
    () => say(`Waybill runs at ${stack.appUrl}.`),
    () => undefined,
  );
  return await stayUp(stack, untilSignal, say);
});
