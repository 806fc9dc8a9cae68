import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';
import { anyFreePort } from '../free-port';
import { checkExternalDatabase } from './external';

describe('a PostgreSQL of one’s own', () => {
  let database: TestDatabase;
  beforeAll(async () => {
    database = await testDatabase();
  });
  afterAll(async () => {
    await database.drop();
  });

  const changed = (change: Partial<URL>) => Object.assign(new URL(database.url), change).href;
  const refusal = async (url: string) =>
    await checkExternalDatabase(url).then(
      () => 'no refusal',
      (error: Error) => error.message,
    );

  it('is taken when it answers and is new enough', async () => {
    await expect(checkExternalDatabase(database.url)).resolves.toBeUndefined();
  });

  it('that cannot be used is one sentence with the place, the reason and what to do', async () => {
    const closed = await refusal(changed({ port: String(await anyFreePort()) }));
    expect(closed).toContain('nothing answers there. Start PostgreSQL or correct DATABASE_URL');
    expect(await refusal(changed({ hostname: 'no-such-host.invalid' }))).toContain('there is no such host');
    expect(await refusal(changed({ pathname: '/absent' }))).toContain('no database of this name. Create it');
    expect(await refusal(changed({ username: 'stranger' }))).toContain('refuses this user or password');
  });

  it('is named without its password', async () => {
    const sentence = await refusal(changed({ username: 'stranger', password: 'hunter2' }));
    expect(sentence).not.toContain('hunter2');
    expect(sentence).toMatch(/^The database stranger@[^ ]+ cannot be used: .* Nothing was changed\.$/);
  });
});
