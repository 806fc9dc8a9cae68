import { hostname } from 'node:os';
import type { ConnectionOptions } from 'node:tls';

/**
 * `tls`: encrypted from the first byte. `starttls`: refuse to go on without it. `opportunistic`: use it when offered,
 * but never send a password in clear. `none`: plain text, for relays on the same machine or network.
 */
export const smtpSecurities = ['tls', 'starttls', 'opportunistic', 'none'] as const;
export type SmtpSecurity = (typeof smtpSecurities)[number];

export interface SmtpTimeouts {
  connectMs: number;
  greetingMs: number;
  commandMs: number;
  /** Time for one block of a large body to leave. */
  dataBlockMs: number;
  /** RFC 5321 §4.5.3.2.6 asks for ten minutes: giving up earlier manufactures doubt. */
  dataEndMs: number;
  /** A kept connection with nothing to do is closed after this. */
  idleMs: number;
}

export interface SmtpOptions {
  host: string;
  port: number;
  security: SmtpSecurity;
  auth?: { user: string; pass: string };
  connections?: number;
  maxMessagesPerConnection?: number;
  /** What EHLO says we are. */
  clientName?: string;
  timeouts?: Partial<SmtpTimeouts>;
  tls?: ConnectionOptions;
  /** Fixes the size of a group, which otherwise follows the relay's pace. */
  maxGroupSize?: number;
  concurrentGroups?: number;
}

export type ResolvedSmtpOptions = Omit<Required<SmtpOptions>, 'auth' | 'timeouts' | 'maxGroupSize'> & {
  auth: SmtpOptions['auth'];
  maxGroupSize: number | undefined;
  timeouts: SmtpTimeouts;
};

const DEFAULT_TIMEOUTS: SmtpTimeouts = {
  connectMs: 30_000,
  greetingMs: 60_000,
  commandMs: 300_000,
  dataBlockMs: 180_000,
  dataEndMs: 600_000,
  idleMs: 60_000,
};

export function resolveSmtpOptions(options: SmtpOptions): ResolvedSmtpOptions {
  const connections = options.connections ?? 10;
  const name = options.clientName ?? hostname();
  return {
    host: options.host,
    port: options.port,
    security: options.security,
    auth: options.auth,
    connections,
    maxMessagesPerConnection: options.maxMessagesPerConnection ?? Number.POSITIVE_INFINITY,
    clientName: /^[\w.[\]:-]*[.[][\w.[\]:-]*$/.test(name) ? name : '[127.0.0.1]',
    timeouts: { ...DEFAULT_TIMEOUTS, ...options.timeouts },
    tls: options.tls ?? {},
    maxGroupSize: options.maxGroupSize,
    concurrentGroups: options.concurrentGroups ?? 2,
  };
}
