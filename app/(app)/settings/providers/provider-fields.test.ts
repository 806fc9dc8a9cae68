import { describe, expect, it } from 'vitest';
import { type ProviderKind, providerConfigSchema } from '@/lib/domain/provider';
import { configOf, fieldValue, PROVIDER_FIELDS } from './provider-fields';

const NEEDED: Record<string, string> = {
  'config.host': 'mx.example.com',
  'config.baseUrl': 'http://127.0.0.1:8025',
  'config.accountSid': 'AC1',
  'config.systemId': 'waybill',
};

describe('the form of a provider', () => {
  for (const kind of Object.keys(PROVIDER_FIELDS) as ProviderKind[]) {
    it(`sets everything ${kind} needs, and shows what it set`, () => {
      const texts = Object.fromEntries(
        PROVIDER_FIELDS[kind].map((field) => [
          `config.${field.name}`,
          NEEDED[`config.${field.name}`] ?? fieldValue(field, null),
        ]),
      );
      const config = providerConfigSchema.parse(configOf(kind, texts));
      for (const field of PROVIDER_FIELDS[kind].filter(({ kind: type }) => type !== 'check')) {
        expect(fieldValue(field, config), field.name).toBe(texts[`config.${field.name}`]);
      }
    });

    it(`has a field for every setting of ${kind}`, () => {
      const options = providerConfigSchema.options.find((option) => option.shape.kind.value === kind);
      const settings = Object.keys(options?.shape ?? {}).filter((name) => name !== 'kind');
      expect(PROVIDER_FIELDS[kind].map(({ name }) => name).sort()).toEqual(settings.sort());
    });
  }
});
