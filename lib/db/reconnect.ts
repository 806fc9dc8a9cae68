/**
 * How a pool comes back after PostgreSQL was away. The driver counts failures over all its connections together and
 * waits up to 20 s after a few; a restart of the database must not stop the sending for that long.
 */
export const RECONNECT = { backoff: () => 0.1 + Math.random() * 0.4 };
