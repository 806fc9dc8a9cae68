import postgres from 'postgres';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestDatabase, testDatabase } from '@/lib/db/testing';

describe('a database for tests', () => {
  let first: TestDatabase;
  let second: TestDatabase;

  beforeAll(async () => {
    [first, second] = await Promise.all([testDatabase(), testDatabase()]);
  });
  afterAll(async () => {
    await Promise.all([first.drop(), second.drop()]);
  });

  it('has the whole schema and shares no rows with another', async () => {
    const one = postgres(first.url, { max: 1 });
    const two = postgres(second.url, { max: 1 });
    await one`create table only_here (n int)`;
    const tables = await two<
      { name: string }[]
    >`select table_name as name from information_schema.tables where table_schema = 'public'`;
    const names = tables.map((table) => table.name);
    expect(names).toContain('deliveries');
    expect(names).not.toContain('only_here');
    await Promise.all([one.end(), two.end()]);
  });
});
