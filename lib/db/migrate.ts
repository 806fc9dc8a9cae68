import path from 'node:path';
import { drizzle } from 'drizzle-orm/postgres-js';
import { migrate as runMigrations } from 'drizzle-orm/postgres-js/migrator';
import postgres from 'postgres';
import { describeError } from '@/lib/errors';

const LOCK = 7_414_902;

/** Brings a database to the newest schema. Safe to call from many processes at once (advisory lock); idempotent. */
export async function migrate(databaseUrl: string, folder = path.resolve('drizzle')): Promise<void> {
  const sql = postgres(databaseUrl, {
    max: 1,
    connect_timeout: 10,
    onnotice: () => undefined,
    // the schema of the views has the name many give their user, and would come first by default
    connection: { search_path: 'public' },
  });
  try {
    await sql`select pg_advisory_lock(${LOCK})`;
    await runMigrations(drizzle(sql), { migrationsFolder: folder });
    await sql`select pg_advisory_unlock(${LOCK})`;
  } catch (error) {
    throw new Error(`The database could not be brought up to date: ${describeError(error)}. Nothing was half done.`, {
      cause: error,
    });
  } finally {
    await sql.end({ timeout: 5 });
  }
}
