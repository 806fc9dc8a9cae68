import postgres from 'postgres';
import { pool } from '@/lib/db/client';

/**
 * Has a database of a test take its time from a clock that can be set: `now()` and `clock_timestamp()` of every later
 * connection, and of what columns are filled with. Before the pool is opened.
 */
export async function shiftClockOf(databaseUrl: string): Promise<void> {
  const sql = postgres(databaseUrl, { max: 1, onnotice: () => undefined });
  try {
    await sql.unsafe(`
      create schema clock;
      create table clock.shift (by interval not null, stands_at timestamptz);
      insert into clock.shift values ('0');
      create function clock.now() returns timestamptz language sql stable
        as 'select coalesce(stands_at, pg_catalog.now() + by) from clock.shift';
      create function clock.clock_timestamp() returns timestamptz language sql volatile
        as 'select coalesce(stands_at, pg_catalog.clock_timestamp() + by) from clock.shift';
      grant usage on schema clock to public;
      grant select on clock.shift to public;
      do $$
      declare c record;
      begin
        for c in select table_schema as s, table_name as t, column_name as n from information_schema.columns
                 where table_schema = 'public' and column_default = 'now()' loop
          execute format('alter table %I.%I alter %I set default clock.now()', c.s, c.t, c.n);
        end loop;
        execute format('alter database %I set search_path = clock, pg_catalog, public', current_database());
      end $$;
    `);
  } finally {
    await sql.end({ timeout: 5 });
  }
}

/** Sets the clock of the database; it goes on from there. */
export async function setClock(iso: string): Promise<void> {
  await pool()`update clock.shift set by = ${iso}::timestamptz - pg_catalog.clock_timestamp(), stands_at = null`;
}

/** Stops the clock of the database at a moment: what happens then takes no time, however busy the machine is. */
export async function stopClock(iso: string): Promise<void> {
  await pool()`update clock.shift set stands_at = ${iso}`;
}
