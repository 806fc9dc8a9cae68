import { z } from 'zod';

const host = z
  .string()
  .trim()
  .min(1)
  .max(253)
  .regex(/^[\w.:-]+$/, 'A host name or an address, without a protocol.');
const port = z.number().int().min(1).max(65_535);
const baseUrl = z.url({ protocol: /^https?$/ }).max(500);
const connections = z.number().int().min(1).max(200);
const timeoutMs = z.number().int().min(100).max(600_000);

/** `tls` from the first byte, `starttls` or nothing, `opportunistic` when offered, `none` for a trusted network. */
export const smtpSecuritySchema = z.enum(['tls', 'starttls', 'opportunistic', 'none']);
export type SmtpSecurityConfig = z.infer<typeof smtpSecuritySchema>;

const captureEmail = z.object({
  kind: z.literal('capture_email'),
  host,
  port,
  connections: connections.default(10),
});

const captureSms = z.object({
  kind: z.literal('capture_sms'),
  baseUrl,
  concurrency: connections.default(60),
});

const smtp = z.object({
  kind: z.literal('smtp'),
  host,
  port,
  security: smtpSecuritySchema.default('starttls'),
  /** Empty: the relay wants no sign-in. The password is the secret `password`. */
  user: z.string().max(320).default(''),
  clientName: z.string().max(253).optional(),
  connections: connections.default(10),
  maxMessagesPerConnection: z.number().int().min(1).optional(),
  /** Accepts any certificate; only for a relay that is otherwise known. */
  allowInvalidCertificate: z.boolean().default(false),
  dataEndTimeoutMs: timeoutMs.optional(),
});

const resend = z.object({
  kind: z.literal('resend'),
  baseUrl: baseUrl.default('https://api.resend.com'),
  /** Batches in flight at once; Resend's own limit is requests per second, held by the account's rate. */
  concurrentGroups: z.number().int().min(1).max(50).default(8),
  maxGroupSize: z.number().int().min(1).max(100).default(100),
  timeoutMs: timeoutMs.default(30_000),
});

const twilio = z.object({
  kind: z.literal('twilio'),
  baseUrl: baseUrl.default('https://api.twilio.com'),
  accountSid: z.string().trim().min(1).max(64),
  /** An API key instead of the account's own token. */
  keySid: z.string().trim().max(64).optional(),
  concurrency: z.number().int().min(1).max(500).default(120),
  timeoutMs: timeoutMs.default(30_000),
});

const smpp = z.object({
  kind: z.literal('smpp'),
  host,
  port,
  tls: z.boolean().default(false),
  systemId: z.string().trim().min(1).max(15),
  systemType: z.string().max(12).default(''),
  /** Submissions without an answer at once; the operator says how many it allows. */
  window: z.number().int().min(1).max(500).default(50),
  responseTimeoutMs: timeoutMs.default(60_000),
});

/** What a provider account is told about its provider; nothing in it is secret. */
export const providerConfigSchema = z.discriminatedUnion('kind', [
  captureEmail,
  captureSms,
  smtp,
  resend,
  twilio,
  smpp,
]);
export type ProviderConfig = z.infer<typeof providerConfigSchema>;
export type ProviderConfigInput = z.input<typeof providerConfigSchema>;
export type ProviderKind = ProviderConfig['kind'];
/** They keep every message in the local inbox: nobody outside gets it. */
export const LOCAL_KINDS: readonly ProviderKind[] = ['capture_email', 'capture_sms'];

/** The secrets each kind needs, by field name; they are stored sealed and apart from the config. */
export const PROVIDER_SECRETS = {
  capture_email: {},
  capture_sms: {},
  smtp: { password: { label: 'Password', required: false } },
  resend: {
    apiKey: { label: 'API key', required: true },
    webhookSecret: { label: 'Webhook signing secret', required: false },
  },
  twilio: {
    secret: { label: 'Auth token or API key secret', required: true },
    authToken: { label: 'Auth token beside an API key, which proves receipts and STOP', required: false },
  },
  smpp: { password: { label: 'Password', required: true } },
} as const satisfies Record<ProviderKind, Record<string, { label: string; required: boolean }>>;

/** Which channel an account of this kind carries. */
export const PROVIDER_CHANNEL = {
  capture_email: 'email',
  capture_sms: 'sms',
  smtp: 'email',
  resend: 'email',
  twilio: 'sms',
  smpp: 'sms',
} as const satisfies Record<ProviderKind, 'email' | 'sms'>;

/** Everything needed to open a channel: the stored config and the opened secrets. */
export interface ProviderAccountConfig {
  config: ProviderConfig;
  secrets: Record<string, string>;
}

/** The required secrets that are missing or empty, by field name. */
export function missingSecrets({ config, secrets }: ProviderAccountConfig): string[] {
  const fields: Record<string, { required: boolean }> = PROVIDER_SECRETS[config.kind];
  const missing = Object.entries(fields).filter(([name, field]) => field.required && !secrets[name]);
  if (config.kind === 'smtp' && config.user !== '' && !secrets.password) return ['password'];
  return missing.map(([name]) => name);
}
