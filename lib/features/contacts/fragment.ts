import type postgres from 'postgres';

/** A piece of SQL for the tagged templates of postgres.js. */
export type Fragment = postgres.PendingQuery<postgres.Row[]>;
