import { describe, expect, it } from 'vitest';
import {
  PROVIDER_CHANNEL,
  type ProviderConfigInput,
  type ProviderKind,
  providerConfigSchema,
} from '@/lib/domain/provider';
import { openChannel } from './open-channel';

const examples: Record<ProviderKind, { config: ProviderConfigInput; secrets: Record<string, string> }> = {
  capture_email: { config: { kind: 'capture_email', host: '127.0.0.1', port: 2525 }, secrets: {} },
  capture_sms: { config: { kind: 'capture_sms', baseUrl: 'http://127.0.0.1:8025' }, secrets: {} },
  smtp: { config: { kind: 'smtp', host: 'relay.example', port: 587, user: 'u' }, secrets: { password: 'p' } },
  resend: { config: { kind: 'resend' }, secrets: { apiKey: 're_x' } },
  twilio: { config: { kind: 'twilio', accountSid: 'AC1' }, secrets: { secret: 's' } },
  smpp: { config: { kind: 'smpp', host: 'smsc.example', port: 2775, systemId: 'shop' }, secrets: { password: 'p' } },
};

describe('opening a provider account', () => {
  for (const [kind, { config, secrets }] of Object.entries(examples) as [
    ProviderKind,
    (typeof examples)[ProviderKind],
  ][]) {
    it(`${kind} opens without touching the network`, async () => {
      const opened = openChannel({ config: providerConfigSchema.parse(config), secrets });
      expect(opened.kind).toBe(PROVIDER_CHANNEL[kind]);
      expect(opened.channel.capabilities.maxGroupSize).toBeGreaterThan(0);
      expect(opened.channel.capabilities.idempotencyWindowMs > 0).toBe(kind === 'resend');
      await opened.channel.close();
    });

    if (Object.keys(secrets).length > 0) {
      it(`${kind} says which secret is missing`, () => {
        const account = { config: providerConfigSchema.parse(config), secrets: {} };
        expect(() => openChannel(account)).toThrow(Object.keys(secrets)[0]);
      });
    }
  }

  it('refuses settings that are none', () => {
    expect(providerConfigSchema.safeParse({ kind: 'smtp', host: 'smtp://relay', port: 587 }).success).toBe(false);
    expect(providerConfigSchema.safeParse({ kind: 'resend', baseUrl: 'ftp://x' }).success).toBe(false);
  });
});
