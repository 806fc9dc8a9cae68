import { z } from 'zod';

const webAddress = z.url({ protocol: /^https?$/, error: 'must be an address like https://waybill.example.com' });

const wholeNumber = (least: number, most = Number.MAX_SAFE_INTEGER) => {
  const error = most === Number.MAX_SAFE_INTEGER ? `must be ${least} or more` : `must be from ${least} to ${most}`;
  return z.coerce
    .number({ error: 'must be a number' })
    .int({ error: 'must be a whole number' })
    .min(least, error)
    .max(most, error);
};

export const envSchema = z.object({
  NODE_ENV: z
    .enum(['development', 'production', 'test'], { error: 'must be development, production or test' })
    .default('development'),
  DATABASE_URL: z.string().regex(/^postgres(ql)?:\/\//, 'must start with postgres://'),
  APP_URL: webAddress.default('http://localhost:3000'),
  /** What is in messages leads here: a host of its own for recipients. Without it APP_URL does both. */
  WAYBILL_PUBLIC_URL: webAddress.optional(),
  WAYBILL_SECRET: z.string().min(32, 'must have at least 32 characters'),
  WAYBILL_SECRET_PREVIOUS: z.string().min(32, 'must have at least 32 characters').optional(),
  NEXTAUTH_SECRET: z.string().min(32, 'must have at least 32 characters').optional(),
  WAYBILL_ENGINE_SIGNING_KEY: z
    .string()
    .regex(/^signkey-[a-z]+-[0-9a-f]{64}$/, 'must look like signkey-embedded-<64 hex digits>')
    .optional(),
  INNGEST_EVENT_KEY: z.string().optional(),
  INNGEST_SIGNING_KEY: z.string().optional(),
  INNGEST_BASE_URL: webAddress.optional(),
  INNGEST_DEV: z.string().optional(),
  WAYBILL_DEMO: z.enum(['0', '1'], { error: 'must be 0 or 1' }).default('0'),
  WAYBILL_CAPTURE_SMTP_PORT: wholeNumber(1, 65535).optional(),
  WAYBILL_CAPTURE_HTTP_URL: webAddress.optional(),
  WAYBILL_MAIL_URL: z
    .string()
    .regex(/^smtps?:\/\//, 'must start with smtp:// or smtps://')
    .optional(),
  WAYBILL_MAIL_FROM: z.string().default('Waybill <no-reply@waybill.localhost>'),
  WAYBILL_WORKER_CONCURRENCY: wholeNumber(1, 200).default(20),
  WAYBILL_LEASE_MS: wholeNumber(500).default(30_000),
  WAYBILL_ENGINE_LEASE_MS: wholeNumber(500).default(10_000),
  /** First pause before a retry; the waits of breakers and probes scale with it. */
  WAYBILL_RETRY_BASE_MS: wholeNumber(10).default(30_000),
  /** Contacts worked out before a larger audience is begun to be sent to; 0 waits until everybody is queued. */
  WAYBILL_START_AFTER: wholeNumber(0, 50_000).default(10_000),
  WAYBILL_DB_POOL: wholeNumber(2, 200).default(12),
  /** Processes that answer requests on one port; half of the cores, and four at most, unless set. */
  WAYBILL_WEB_PROCESSES: wholeNumber(1, 64).optional(),
  /** Requests a minute for each API key and web process. */
  WAYBILL_API_RATE: wholeNumber(1, 10_000_000).default(6000),
  /** Hosts in a private network that webhooks may call all the same, separated by commas. */
  WAYBILL_WEBHOOK_PRIVATE_HOSTS: z.string().default(''),
  /** The same for mail relays, SMS gateways and output databases; `*` for any, which is the default outside of production. */
  WAYBILL_PROVIDER_PRIVATE_HOSTS: z.string().optional(),
  WAYBILL_CRASH_AT: z.string().optional(),
  WAYBILL_PLANTED_BUG: z.string().optional(),
});
export type Env = z.infer<typeof envSchema>;

/** Reads and checks the environment. Throws one readable sentence naming each wrong variable. */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(Object.entries(source).filter(([, value]) => value !== ''));
  const parsed = envSchema.safeParse(given);
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => {
      const name = issue.path.join('.');
      return given[name] === undefined ? `${name} is not set` : `${name} ${issue.message}`;
    });
    throw new Error(`Waybill cannot start: ${wrong.join('; ')}. See .env.example for every setting.`);
  }
  const env = parsed.data;
  if (env.NODE_ENV === 'production' && env.INNGEST_DEV && env.INNGEST_DEV !== '0') {
    throw new Error(
      'Waybill cannot start: INNGEST_DEV turns signature checks off and is refused in production. Unset it.',
    );
  }
  if (Boolean(env.INNGEST_EVENT_KEY) !== Boolean(env.INNGEST_SIGNING_KEY)) {
    throw new Error(
      'Waybill cannot start: a real Inngest needs both INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY; one of them is missing.',
    );
  }
  if (env.WAYBILL_PUBLIC_URL && new URL(env.WAYBILL_PUBLIC_URL).host === new URL(env.APP_URL).host) {
    throw new Error(
      'Waybill cannot start: WAYBILL_PUBLIC_URL has the host of APP_URL. Give it a host of its own, or unset it.',
    );
  }
  return env;
}

let cached: Env | undefined;

/** The environment of this process, read once on first use so that a build needs none. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Where what is in messages leads: unsubscribing, preferences, clicks, opens, pictures, and receipts of providers. */
export function publicUrl(): string {
  return env().WAYBILL_PUBLIC_URL ?? env().APP_URL;
}

/** Whether durable work runs on a real Inngest server instead of the embedded engine. */
export function usesInngestServer(): boolean {
  return Boolean(env().INNGEST_EVENT_KEY);
}

/** next-auth reads its own address from the environment only; it must be the address of this app. */
export function publishAuthUrl(): void {
  process.env.NEXTAUTH_URL ??= env().APP_URL;
}
