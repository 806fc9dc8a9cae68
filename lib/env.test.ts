import { readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { envSchema, parseEnv } from './env';

const SOUND = { DATABASE_URL: 'postgres://a@b/c', WAYBILL_SECRET: 'forty characters that nobody could guess' };
const refusal = (settings: Record<string, string | undefined>) => {
  try {
    parseEnv({ ...SOUND, ...settings });
    return 'no refusal';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

// the launcher gives these to its children, tests and crash tests to themselves
const NOT_FOR_PEOPLE = [
  'NODE_ENV',
  'INNGEST_DEV',
  'WAYBILL_DEMO',
  'WAYBILL_CAPTURE_SMTP_PORT',
  'WAYBILL_CAPTURE_HTTP_URL',
  'WAYBILL_CRASH_AT',
  'WAYBILL_PLANTED_BUG',
];

describe('the settings', () => {
  it('need a database and a secret only; what is left blank counts as not set', () => {
    expect(parseEnv({ ...SOUND, APP_URL: '', WAYBILL_DB_POOL: '' })).toMatchObject({
      APP_URL: 'http://localhost:3000',
      WAYBILL_DB_POOL: 12,
    });
  });

  it.each([
    [{ DATABASE_URL: undefined }, 'DATABASE_URL is not set'],
    [{ DATABASE_URL: 'mysql://x/y' }, 'DATABASE_URL must start with postgres://'],
    [{ WAYBILL_SECRET: 'short' }, 'WAYBILL_SECRET must have at least 32 characters'],
    [{ APP_URL: 'waybill.example.com' }, 'APP_URL must be an address like https://waybill.example.com'],
    [{ WAYBILL_DB_POOL: 'many' }, 'WAYBILL_DB_POOL must be a number'],
    [{ WAYBILL_DB_POOL: '1' }, 'WAYBILL_DB_POOL must be from 2 to 200'],
    [{ WAYBILL_LEASE_MS: '1' }, 'WAYBILL_LEASE_MS must be 500 or more'],
    [{ WAYBILL_LEASE_MS: '600.5' }, 'WAYBILL_LEASE_MS must be a whole number'],
    [{ WAYBILL_MAIL_URL: 'mail.example.com' }, 'WAYBILL_MAIL_URL must start with smtp:// or smtps://'],
    [{ NODE_ENV: 'staging' }, 'NODE_ENV must be development, production or test'],
    [{ INNGEST_EVENT_KEY: 'key' }, 'needs both INNGEST_EVENT_KEY and INNGEST_SIGNING_KEY'],
    [{ NODE_ENV: 'production', INNGEST_DEV: '1' }, 'INNGEST_DEV turns signature checks off'],
  ])('that are wrong are one sentence with the name: %o', (settings, words) => {
    const sentence = refusal(settings);
    expect(sentence).toMatch(/^Waybill cannot start: /);
    expect(sentence).toContain(words);
    expect(sentence).not.toContain('\n');
  });

  it('that are wrong together are named together', () => {
    expect(refusal({ APP_URL: 'x', WAYBILL_API_RATE: '0' })).toMatch(/APP_URL .*; WAYBILL_API_RATE /);
  });

  it('are all explained in .env.example, and nothing else is', () => {
    const text = readFileSync(path.resolve('.env.example'), 'utf8');
    const explained = [...text.matchAll(/^#?([A-Z][A-Z0-9_]+)=/gm)].map((match) => match[1]);
    const known = Object.keys(envSchema.shape).filter((name) => !NOT_FOR_PEOPLE.includes(name));
    expect(explained.sort()).toEqual([...known, 'PORT'].sort());
  });
});
