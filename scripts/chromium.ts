import { existsSync } from 'node:fs';
import path from 'node:path';
import { chromium } from '@playwright/test';
import { binOf, runTool } from './run-tool';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];
const MAC = '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome';

function onThisSystem(searchPath: string | undefined): string | null {
  const folders = [...(searchPath ?? '').split(path.delimiter), '/usr/bin', '/usr/local/bin', '/snap/bin'];
  const candidates = [...folders.flatMap((folder) => NAMES.map((name) => path.join(folder, name))), MAC];
  return candidates.find((file) => existsSync(file)) ?? null;
}

const playwrightsOwn = () => (existsSync(chromium.executablePath()) ? chromium.executablePath() : null);

async function runs(file: string): Promise<boolean> {
  const { code } = await runTool(file, ['--headless', '--no-sandbox', '--version']);
  return code === 0;
}

/**
 * A Chromium that starts: the one given, Playwright's own, the system's, one that Playwright downloads, one from apt (as
 * root on Debian or Ubuntu). Throws a sentence if there is no way.
 */
export async function findChromium(
  given: { CHROMIUM_PATH?: string; PATH?: string },
  say: (line: string) => void,
): Promise<string> {
  if (given.CHROMIUM_PATH) return given.CHROMIUM_PATH;
  for (const found of [playwrightsOwn(), onThisSystem(given.PATH)]) if (found && (await runs(found))) return found;
  say('Downloading Chromium for the browser tests (npx playwright install chromium).');
  const downloaded = await runTool(binOf('playwright'), ['install', 'chromium'], {
    signal: AbortSignal.timeout(300_000),
  });
  const own = playwrightsOwn();
  if (downloaded.code === 0 && own && (await runs(own))) return own;
  if (process.getuid?.() === 0 && existsSync('/usr/bin/apt-get')) {
    say('That did not work here; installing it from the system (apt-get install chromium).');
    const install = ['install', '-y', '--no-install-recommends', 'chromium'];
    const env = { DEBIAN_FRONTEND: 'noninteractive' };
    let done = await runTool('apt-get', install, { env });
    if (done.code !== 0) {
      await runTool('apt-get', ['update'], { env });
      done = await runTool('apt-get', install, { env });
    }
    const system = onThisSystem(given.PATH);
    if (system && (await runs(system))) return system;
  }
  throw new Error(
    'There is no Chromium for the browser tests and it could not be installed. Install Chromium or Google Chrome, or set CHROMIUM_PATH to one.',
  );
}
