import { randomBytes } from 'node:crypto';
import postgres from 'postgres';
import { inject } from 'vitest';

declare module 'vitest' {
  interface ProvidedContext {
    postgres: { adminUrl: string; template: string };
  }
}

export interface TestDatabase {
  url: string;
  /** Ends every connection to it and removes it. */
  drop(): Promise<void>;
}

async function asAdmin(work: (sql: postgres.Sql) => Promise<unknown>): Promise<void> {
  const sql = postgres(inject('postgres').adminUrl, { max: 1, onnotice: () => undefined });
  try {
    await work(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/**
 * A migrated, empty PostgreSQL database of its own for one suite (`*.db.test.ts`), cloned from the template in some
 * tens of milliseconds. Call in `beforeAll`, close your clients and `drop()` in `afterAll`.
 */
export async function testDatabase(): Promise<TestDatabase> {
  const { adminUrl, template } = inject('postgres');
  const name = `test_${randomBytes(6).toString('hex')}`;
  await asAdmin((sql) => sql`create database ${sql(name)} template ${sql(template)}`);
  const url = Object.assign(new URL(adminUrl), { pathname: `/${name}` }).href;
  return { url, drop: () => asAdmin((sql) => sql`drop database if exists ${sql(name)} with (force)`) };
}
