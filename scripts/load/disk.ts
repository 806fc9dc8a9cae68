import { mkdtempSync, rmSync } from 'node:fs';
import { open } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';

const PAGE = Buffer.alloc(8192, 1);
const PAGES = 256;
const PAUSE_MS = 20;

/**
 * Writes a page to the disk and flushes it, fifty times a second, until told to end; answers the slowest. What a database
 * answers durably cannot be quicker than this.
 */
export function watchDisk(): () => Promise<number> {
  const folder = mkdtempSync(path.join(os.tmpdir(), 'waybill-disk-'));
  let isEnding = false;
  const watching = (async () => {
    const file = await open(path.join(folder, 'pages'), 'w');
    for (let n = 0; n < PAGES; n++) await file.write(PAGE, 0, PAGE.length, n * PAGE.length);
    await file.sync();
    let slowestMs = 0;
    for (let n = 0; !isEnding; n++) {
      const startedMs = performance.now();
      await file.write(PAGE, 0, PAGE.length, (n % PAGES) * PAGE.length);
      await file.datasync();
      slowestMs = Math.max(slowestMs, performance.now() - startedMs);
      await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
    }
    await file.close();
    return slowestMs;
  })();
  return async () => {
    isEnding = true;
    try {
      return await watching;
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  };
}
