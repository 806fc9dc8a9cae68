import type { FaultPlanInput } from '@/lib/channels/faulty/fault-plan';
import type { ProviderConfigInput } from '@/lib/domain/provider';
import type { Provider } from './cluster';

export const DIALECTS = ['smtp', 'resend', 'twilio', 'smpp'] as const;
export type Dialect = (typeof DIALECTS)[number];

export const isEmail = (dialect: Dialect) => dialect === 'smtp' || dialect === 'resend';

/** What the provider does wrong while it is harmed besides. */
export const PLANS: Record<Dialect, FaultPlanInput> = {
  smtp: {
    smtp: {
      mail_421: 0.004,
      data_reset: 0.01,
      rcpt_550: 0.01,
      dot_451: 0.01,
      dot_552: 0.005,
      accepted_reset: 0.01,
      accepted_half_reply: 0.005,
      accepted_250_reset: 0.01,
      dot_reset: 0.01,
    },
    latencyMs: [60, 240],
    closeAfterMessages: 97,
  },
  resend: {
    resend: {
      error_500: 0.05,
      accepted_500: 0.06,
      accepted_reset: 0.06,
      reset: 0.05,
      limit: 0.05,
      partial: 0.05,
      accepted_truncated: 0.03,
    },
    latencyMs: [300, 1200],
  },
  twilio: {
    twilio: { error_500: 0.02, accepted_500: 0.02, accepted_reset: 0.02, reset: 0.01, limit: 0.01, invalid: 0.01 },
    latencyMs: [100, 500],
  },
  smpp: {
    smpp: { throttled: 0.01, invalid_destination: 0.01, reset: 0.003, accepted_reset: 0.003 },
    latencyMs: [100, 400],
  },
};

/** Nothing fails of itself: what a run needs that is to be judged by the harm alone. */
export const SOUND: FaultPlanInput = { latencyMs: [1, 5] };

export function accountOf(
  dialect: Dialect,
  provider: Provider,
): { config: ProviderConfigInput; secrets: Record<string, string> } {
  const http = `http://127.0.0.1:${provider.httpPort}`;
  switch (dialect) {
    case 'smtp':
      return {
        config: { kind: 'smtp', host: '127.0.0.1', port: provider.smtpPort, security: 'none', connections: 4 },
        secrets: {},
      };
    case 'resend':
      return {
        config: { kind: 'resend', baseUrl: http, maxGroupSize: 10, concurrentGroups: 3, timeoutMs: 5_000 },
        secrets: { apiKey: 're_chaos' },
      };
    case 'twilio':
      return {
        config: { kind: 'twilio', baseUrl: http, accountSid: 'AC_chaos', concurrency: 8, timeoutMs: 5_000 },
        secrets: { secret: 'chaos' },
      };
    case 'smpp':
      return {
        config: { kind: 'smpp', host: '127.0.0.1', port: provider.smppPort ?? 0, systemId: 'chaos' },
        secrets: { password: 'chaos' },
      };
  }
}
