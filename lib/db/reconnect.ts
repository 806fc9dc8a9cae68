/**
 * How a pool comes back after PostgreSQL was away. The driver counts failures over all its connections together and
 * waits up to 20 s after a few; a restart of the database must not stop the sending for that long.
 */
export const RECONNECT = { backoff: () => 0.1 + Math.random() * 0.4 };

/**
 * Belongs into the start-up parameters of every pool. A connection that is lost with a small write pending keeps that
 * write's timer for ever: after reconnecting, the driver holds back whatever is shorter than 1024 bytes, its greeting too,
 * and everybody on it waits for the connect timeout. A longer greeting leaves at once and clears the timer.
 */
export const LONG_GREETING: Record<string, string> = { 'waybill.greeting': '-'.repeat(1024) };
