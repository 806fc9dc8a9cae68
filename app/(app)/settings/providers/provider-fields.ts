import type { ProviderConfig, ProviderKind } from '@/lib/domain/provider';

export interface ProviderField {
  /** Its name in the provider's config. */
  name: string;
  label: string;
  kind: 'text' | 'number' | 'check' | 'choice';
  hint?: string;
  optional?: true;
  placeholder?: string;
  options?: { value: string; label: string; hint?: string }[];
  /** For those who know why: folded away at first. */
  advanced?: true;
  /** What a new account begins with. */
  initial?: string | number | boolean;
}

const TIMEOUT: ProviderField = {
  name: 'timeoutMs',
  label: 'Wait for an answer',
  kind: 'number',
  hint: 'Milliseconds. Longer is safer: no answer in time leaves a message in doubt.',
  initial: 30_000,
  advanced: true,
};

const host = (label: string, placeholder: string): ProviderField => ({
  name: 'host',
  label,
  kind: 'text',
  placeholder,
});
const port = (initial: number): ProviderField => ({ name: 'port', label: 'Port', kind: 'number', initial });
const connections = (hint: string): ProviderField => {
  return { name: 'connections', label: 'Connections', kind: 'number', hint, initial: 10, advanced: true };
};

/** What a person sets for each kind of provider, in the order of the form. Secrets come after. */
export const PROVIDER_FIELDS: Record<ProviderKind, ProviderField[]> = {
  resend: [
    {
      name: 'baseUrl',
      label: 'Address of the API',
      kind: 'text',
      initial: 'https://api.resend.com',
      advanced: true,
    },
    {
      name: 'maxGroupSize',
      label: 'Messages in one request',
      kind: 'number',
      hint: 'At most 100.',
      initial: 100,
      advanced: true,
    },
    { name: 'concurrentGroups', label: 'Requests at once', kind: 'number', initial: 8, advanced: true },
    TIMEOUT,
  ],
  smtp: [
    host('Server', 'smtp.example.com'),
    port(587),
    {
      name: 'security',
      label: 'Encryption',
      kind: 'choice',
      initial: 'starttls',
      options: [
        { value: 'starttls', label: 'STARTTLS', hint: 'Usual on port 587; nothing is sent without it' },
        { value: 'tls', label: 'TLS from the first byte', hint: 'Usual on port 465' },
        { value: 'opportunistic', label: 'If the server offers it' },
        { value: 'none', label: 'None', hint: 'For a trusted network only' },
      ],
    },
    { name: 'user', label: 'User', kind: 'text', optional: true, hint: 'Empty if the server wants no sign-in.' },
    connections('How many sessions the server allows at once.'),
    {
      name: 'maxMessagesPerConnection',
      label: 'Messages in one connection',
      kind: 'number',
      optional: true,
      advanced: true,
    },
    {
      name: 'clientName',
      label: 'Name in the greeting',
      kind: 'text',
      optional: true,
      hint: 'What EHLO says; some servers check it.',
      advanced: true,
    },
    {
      name: 'dataEndTimeoutMs',
      label: 'Wait after the final dot',
      kind: 'number',
      optional: true,
      hint: 'Milliseconds. RFC 5321 asks for ten minutes; shorter leaves more in doubt.',
      advanced: true,
    },
    {
      name: 'allowInvalidCertificate',
      label: 'Accept any certificate',
      kind: 'check',
      hint: 'Only for a relay that is otherwise known.',
      initial: false,
      advanced: true,
    },
  ],
  twilio: [
    { name: 'accountSid', label: 'Account SID', kind: 'text', placeholder: 'AC…' },
    {
      name: 'keySid',
      label: 'API key SID',
      kind: 'text',
      optional: true,
      placeholder: 'SK…',
      hint: 'Instead of the account’s own token.',
    },
    { name: 'baseUrl', label: 'Address of the API', kind: 'text', initial: 'https://api.twilio.com', advanced: true },
    { name: 'concurrency', label: 'Requests at once', kind: 'number', initial: 120, advanced: true },
    TIMEOUT,
  ],
  smpp: [
    host('Server', 'smpp.operator.example'),
    port(2775),
    { name: 'tls', label: 'Encrypt with TLS', kind: 'check', initial: false },
    { name: 'systemId', label: 'System id', kind: 'text' },
    { name: 'systemType', label: 'System type', kind: 'text', optional: true, advanced: true },
    {
      name: 'window',
      label: 'Window',
      kind: 'number',
      hint: 'Submissions without an answer at once; the operator says how many it allows.',
      initial: 50,
      advanced: true,
    },
    { ...TIMEOUT, name: 'responseTimeoutMs', initial: 60_000 },
  ],
  capture_email: [host('Server', '127.0.0.1'), port(1025), connections('Sessions at once.')],
  capture_sms: [
    { name: 'baseUrl', label: 'Address of the capture', kind: 'text', placeholder: 'http://127.0.0.1:8025' },
    { name: 'concurrency', label: 'Requests at once', kind: 'number', initial: 60, advanced: true },
  ],
};

export const PROVIDER_WORDS: Record<ProviderKind, string> = {
  resend: 'Email over the Resend API: batches, delivery reports, bounces and complaints by webhook.',
  smtp: 'Email over any SMTP server: your own relay, Postfix, Exchange, a provider’s submission service.',
  twilio: 'Text messages over Twilio, with receipts.',
  smpp: 'Text messages straight to an operator over SMPP 3.4, with receipts.',
  capture_email: 'Catches every email on this machine, to be read in the inbox. Nothing is sent.',
  capture_sms: 'Catches every text message on this machine, to be read in the inbox. Nothing is sent.',
};

/** The config as the grammar takes it, from the texts of a form; what is wrong in it the grammar says. */
export function configOf(kind: ProviderKind, texts: Record<string, string | undefined>): unknown {
  const entries = PROVIDER_FIELDS[kind].flatMap(({ name, kind: type }): [string, unknown][] => {
    const text = texts[`config.${name}`]?.trim() ?? '';
    if (type === 'check') return [[name, text === 'on']];
    if (text === '') return [];
    return [[name, type === 'number' ? Number(text.replace(',', '.')) : text]];
  });
  return { kind, ...Object.fromEntries(entries) };
}

/** The value of a field as a form shows it. */
export function fieldValue(field: ProviderField, config: ProviderConfig | null): string {
  const stored = config ? (config as Record<string, unknown>)[field.name] : field.initial;
  return stored === undefined || stored === null ? '' : String(stored);
}
