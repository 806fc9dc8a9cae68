import postgres from 'postgres';
import { migrate } from '@/lib/db/migrate';
import { migrateEngine } from '@/lib/engine/schema';

/** Brings product and engine tables to their newest schema; idempotent, safe from many processes at once. */
export async function migrateAll(databaseUrl: string, folder?: string): Promise<void> {
  await migrate(databaseUrl, folder);
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await migrateEngine(sql);
  } finally {
    await sql.end({ timeout: 5 });
  }
}
