import { expect } from 'vitest';
import { type EmailTemplateInput, emailTemplateSchema } from '@/lib/domain/template';
import {
  type CompiledEmail,
  compileEmail,
  type EmailToRender,
  type PreparedEmail,
  prepareEmail,
  renderMime,
} from './render';

export const OPTIONS = {
  baseUrl: 'https://wb.example',
  postalAddress: 'Example & Co\n1 Main “Street”',
  brand: { name: 'Example & Co' },
};
export const ENVELOPE = {
  from: { email: 'news@example.com', name: 'Example & Co, Zürich' },
  replyTo: { email: 'help@example.com' },
};
export const VALUES = {
  first_name: 'Ada',
  last_name: 'Lovelace',
  email: 'ada@example.net',
  phone: '+491511234567',
  external_id: 'C-1',
  plan: 'Pro',
  device: 'Aurora 6',
  contract_end: '2026-11-30',
  monthly_spend: 39.5,
};

export function messageFor(values: Record<string, unknown>, extra: Partial<EmailToRender> = {}): EmailToRender {
  return {
    to: 'ada@example.net',
    values,
    messageId: 'dlv_1.sig@example.com',
    date: new Date(Date.UTC(2026, 2, 1, 9, 5, 7)),
    unsubscribeUrl: 'https://wb.example/unsubscribe/dlv_1.sig?a=1&b=2',
    preferencesUrl: 'https://wb.example/preferences/dlv_1.sig',
    clickBase: `https://wb.example/api/t/click/${'t'.repeat(90)}`,
    openUrl: 'https://wb.example/api/t/open/dlv_1.sig',
    ...extra,
  };
}

async function compiledOf(template: EmailTemplateInput, isTracking = true): Promise<CompiledEmail> {
  const valid = emailTemplateSchema.parse(template);
  const compiled = await compileEmail(valid, { ...OPTIONS, trackLinks: isTracking, trackOpens: isTracking });
  return JSON.parse(JSON.stringify(compiled));
}

export async function preparedOf(template: EmailTemplateInput, isTracking = true): Promise<PreparedEmail> {
  return prepareEmail(await compiledOf(template, isTracking), ENVELOPE);
}

export function expectWireForm(mime: string): void {
  expect(mime.endsWith('\r\n')).toBe(true);
  expect(mime).not.toMatch(/[^\r]\n|\r[^\n]|[^\x20-\x7e\r\n\t]/);
  const isWrong = (line: string) => line.startsWith('.') || (line.length > 76 && !line.startsWith('List-Unsubscribe:'));
  expect(mime.split('\r\n').filter(isWrong)).toEqual([]);
}

/** The bytes of a message as text, which they are. */
export function mimeTextOf(prepared: PreparedEmail, message: EmailToRender): string {
  return renderMime(prepared, message).toString('utf8');
}
