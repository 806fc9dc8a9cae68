import { missingSecrets, type ProviderAccountConfig } from '@/lib/domain/provider';
import { PROVIDER_NAME } from '@/lib/domain/provider-name';
import { AppError } from '@/lib/errors';
import type { Channel, EmailMessage, SmsMessage } from './channel';
import { ResendChannel } from './email/resend';
import { SmtpChannel } from './email/smtp/smtp-channel';
import type { SmppReceipt } from './sms/smpp/parse-receipt';
import { SmppChannel } from './sms/smpp/smpp-channel';
import { TwilioChannel } from './sms/twilio';

export type OpenedChannel =
  | { kind: 'email'; channel: Channel<EmailMessage> }
  | { kind: 'sms'; channel: Channel<SmsMessage> };

/** The one secret every local capture accepts; it guards nothing. */
export const CAPTURE_ACCOUNT = { accountSid: 'AC_capture', secret: 'capture' } as const;

export interface ChannelHooks {
  /** Stores a receipt that came over the sending connection itself (SMPP); without it none are asked for. */
  onSmsReceipt?: (receipt: SmppReceipt) => Promise<void>;
}

/**
 * Opens the adapter of a provider account; connections are made when the first message needs them. Throws `precondition`
 * when a required secret is missing.
 */
export function openChannel(account: ProviderAccountConfig, hooks: ChannelHooks = {}): OpenedChannel {
  const { config, secrets } = account;
  const missing = missingSecrets(account);
  if (missing.length > 0) {
    throw new AppError('precondition', `${PROVIDER_NAME[config.kind]} needs ${missing.join(', ')} before it can send.`);
  }
  switch (config.kind) {
    case 'capture_email': {
      const { host, port, connections } = config;
      return { kind: 'email', channel: new SmtpChannel({ host, port, connections, security: 'none' }) };
    }
    case 'smtp':
      return {
        kind: 'email',
        channel: new SmtpChannel({
          host: config.host,
          port: config.port,
          security: config.security,
          auth: config.user === '' ? undefined : { user: config.user, pass: secrets.password ?? '' },
          clientName: config.clientName,
          connections: config.connections,
          maxMessagesPerConnection: config.maxMessagesPerConnection,
          tls: config.allowInvalidCertificate ? { rejectUnauthorized: false } : undefined,
          timeouts: config.dataEndTimeoutMs === undefined ? undefined : { dataEndMs: config.dataEndTimeoutMs },
        }),
      };
    case 'resend': {
      const { baseUrl, concurrentGroups, maxGroupSize, timeoutMs } = config;
      const apiKey = secrets.apiKey ?? '';
      return {
        kind: 'email',
        channel: new ResendChannel({ apiKey, baseUrl, concurrentGroups, maxGroupSize, timeoutMs }),
      };
    }
    case 'capture_sms': {
      const { baseUrl, concurrency } = config;
      return { kind: 'sms', channel: new TwilioChannel({ ...CAPTURE_ACCOUNT, baseUrl, concurrency }) };
    }
    case 'smpp': {
      const { host, port, tls, systemId, systemType, window, responseTimeoutMs } = config;
      const bind = { systemId, systemType, password: secrets.password ?? '' };
      const { onSmsReceipt: onReceipt } = hooks;
      return {
        kind: 'sms',
        channel: new SmppChannel({ host, port, tls, ...bind, window, responseTimeoutMs, onReceipt }),
      };
    }
    case 'twilio': {
      const { accountSid, keySid, baseUrl, concurrency, timeoutMs } = config;
      const secret = secrets.secret ?? '';
      return {
        kind: 'sms',
        channel: new TwilioChannel({ accountSid, keySid, secret, baseUrl, concurrency, timeoutMs }),
      };
    }
  }
}
