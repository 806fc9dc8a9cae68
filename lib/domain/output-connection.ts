import { z } from 'zod';

/** Where a record step may write outside Waybill. Secrets (the password, the signing key) are kept apart. */
export const outputConnectionConfigSchema = z.discriminatedUnion('kind', [
  z.object({
    kind: z.literal('postgres'),
    host: z
      .string()
      .trim()
      .min(1, 'A server is missing.')
      .max(253)
      .regex(/^[\w.:-]+$/, 'A host name or an address, without a protocol.'),
    port: z.number().int().min(1, 'A port is at least 1.').max(65_535, 'A port is at most 65535.').default(5432),
    database: z.string().trim().min(1, 'A database is missing.').max(63),
    user: z.string().trim().min(1, 'A user is missing.').max(63),
    /** `verify` checks the certificate, `require` only encrypts, `off` is for a trusted network. */
    tls: z.enum(['verify', 'require', 'off']).default('verify'),
  }),
  z.object({
    kind: z.literal('webhook'),
    url: z.url({ protocol: /^https?$/, error: 'Enter an address that begins with https://.' }).max(2000),
  }),
]);
export type OutputConnectionConfig = z.infer<typeof outputConnectionConfigSchema>;
export type PostgresSinkConfig = Extract<OutputConnectionConfig, { kind: 'postgres' }>;

/** A table, with its schema where it is not on the search path. */
export const sinkTableSchema = z
  .string()
  .trim()
  .max(127)
  .regex(
    /^[A-Za-z_][A-Za-z0-9_]{0,62}(\.[A-Za-z_][A-Za-z0-9_]{0,62})?$/,
    'A table name such as sent or marketing.sent.',
  );

/** One recorded contact as it leaves us. `run`, `step` and `contact` together are its key, the same on every attempt. */
export interface SinkRecord {
  deliveryId: string;
  runId: string;
  /** Counted from 1, as people do. */
  step: number;
  contactId: string;
  values: Record<string, unknown>;
}

const DOUBLINGS = 7;

/** How long a sink is left alone after `failures` in a row: a sixth of the retry base, doubling, with an upper end. */
export function sinkHoldMs(failures: number, retryBaseMs: number, retryAfterMs = 0): number {
  return Math.max((retryBaseMs / 6) * 2 ** Math.min(Math.max(0, failures - 1), DOUBLINGS), retryAfterMs);
}
