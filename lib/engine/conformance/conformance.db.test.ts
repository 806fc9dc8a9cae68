import { afterAll, beforeAll, describe, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { createWorld, type World } from './kit';
import { scenarios } from './scenarios';
import { type RunningTarget, startEmbedded, startInngest } from './targets';

const realUrl = process.env.INNGEST_TEST_URL;
const targets = realUrl ? ['embedded', 'inngest'] : ['embedded'];

describe.each(targets)('on %s', (name) => {
  let database: TestDatabase;
  let running: RunningTarget;
  let world: World;

  beforeAll(async () => {
    database = await testDatabase();
    const build = (kit: World | RunningTarget['kit']) => scenarios.flatMap((scenario) => scenario.functions(kit));
    running =
      name === 'inngest' && realUrl
        ? await startInngest(realUrl, database.url, build)
        : await startEmbedded(database.url, build);
    world = createWorld(running.kit, running.target);
  });

  afterAll(async () => {
    await running?.stop();
    await database?.drop();
  });

  for (const scenario of scenarios) {
    it.concurrent(scenario.promise, () => scenario.verify(world), 90_000);
  }
});
