import { interrupted, readArguments, runCommand } from './command';
import { givenEnvironment } from './environment';
import { ensureBuild } from './next-build';

const { values } = readArguments({ force: { type: 'boolean' } }, 'npm run build -- [--force]');

runCommand(async () => {
  const cancel = new AbortController();
  void interrupted().then(() => cancel.abort());
  const distDir = await ensureBuild({
    env: givenEnvironment(),
    say: (line) => console.log(line),
    print: (text) => process.stdout.write(text),
    force: values.force,
    signal: cancel.signal,
  });
  console.log(`The build is in ${distDir}; npm start runs it.`);
  return 0;
});
