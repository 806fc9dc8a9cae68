import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { type Capture, startCapture } from '@/lib/channels/capture/start-capture';
import { closePool, openPoolAt } from '@/lib/db/client';
import { testDatabase } from '@/lib/db/testing';
import { closeTestChannels } from '@/lib/features/testing/dispatch-fixture';

/**
 * A database and capture providers of their own for the tests of one file, from before the first to after the last.
 * Answers where the providers listen, for `dispatchFixture`.
 */
export function captureForTests(
  rules: Parameters<typeof startCapture>[0]['rules'] = [],
  prepare: (databaseUrl: string) => Promise<void> = async () => undefined,
) {
  let capture: Capture | undefined;
  let clear: (() => Promise<void>)[] = [];
  beforeAll(async () => {
    const database = await testDatabase();
    await prepare(database.url);
    await openPoolAt(database.url);
    const dir = await mkdtemp(path.join(tmpdir(), 'waybill-capture-'));
    const started = await startCapture({ dir, rules });
    capture = started;
    clear = [
      closeTestChannels,
      closePool,
      () => started.close(),
      () => database.drop(),
      () => rm(dir, { recursive: true, force: true }),
    ];
  });
  afterAll(async () => {
    for (const step of clear) await step();
  });
  return () => {
    if (!capture) throw new Error('The capture providers start before the first test.');
    return { smtpPort: capture.smtpPort, smsUrl: `http://127.0.0.1:${capture.httpPort}` };
  };
}
