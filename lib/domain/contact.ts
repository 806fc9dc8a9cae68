import { z } from 'zod';
import { attributeValueSchema } from './attribute';
import { parseEmailAddress } from './email-address';

export const CONSENTS = ['granted', 'revoked', 'unknown'] as const;
export const consentSchema = z.enum(CONSENTS);
export type Consent = z.infer<typeof consentSchema>;

/** What a contact has besides its own attributes: name in rules, merge tags and the API → column of `contacts`. */
export const STANDARD_FIELDS: Readonly<Record<string, string>> = Object.assign(
  Object.create(null) as Record<string, string>,
  {
    external_id: 'external_id',
    email: 'email',
    phone: 'phone',
    first_name: 'first_name',
    last_name: 'last_name',
    language: 'language',
    time_zone: 'time_zone',
    email_consent: 'email_consent',
    sms_consent: 'sms_consent',
  },
);

export const FIELD_LABELS: Readonly<Record<string, string>> = {
  external_id: 'Customer number',
  email: 'Email',
  phone: 'Phone',
  first_name: 'First name',
  last_name: 'Last name',
  language: 'Language',
  time_zone: 'Time zone',
  email_consent: 'Email consent',
  sms_consent: 'SMS consent',
  email_opted_out: 'Opted out of email',
  sms_opted_out: 'Opted out of SMS',
  do_not_market: 'Do not market',
  hard_bounces: 'Hard bounces',
  soft_bounces: 'Soft bounces',
  created_at: 'Created',
};

// Controls, and the marks that reverse or hide text on a screen (Unicode TR 36 §2.10): they are never part of a name.
// biome-ignore lint/suspicious/noControlCharactersInRegex: removing control characters is the purpose
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u2028-\u202e\u2060-\u2069\ufeff]/;
const LINE_BREAKS = /[\t\n\v\f\r\u0085\u2028\u2029]+/g;
// biome-ignore lint/suspicious/noControlCharactersInRegex: as above
const INVISIBLE_ALL = /[\u0000-\u001f\u007f-\u009f\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]/g;

export interface CleanedText {
  text: string;
  /** What had to go: line breaks became a space; other controls, zero-width and direction marks were removed. */
  changed: 'line_breaks' | 'control_characters' | null;
}

/** One line of well-formed text without invisible characters, trimmed. Markup, formulas and tags stay as they are: text. */
export function cleanLine(raw: string): CleanedText {
  const trimmed = raw.trim();
  if (!INVISIBLE.test(trimmed)) return { text: trimmed, changed: null };
  const joined = trimmed.replace(LINE_BREAKS, ' ');
  const text = joined.replace(INVISIBLE_ALL, '').trim();
  return { text, changed: text === joined.trim() ? 'line_breaks' : 'control_characters' };
}

const LANGUAGE = /^[a-z]{2,3}(?:-[a-z0-9]{2,8})*$/i;

/** A language tag as BCP 47 writes it, such as `en` or `zh-Hant`; null if `text` is none. */
export function parseLanguage(text: string): string | null {
  const tag = text.trim().replaceAll('_', '-');
  if (!LANGUAGE.test(tag)) return null;
  if (/^[a-z]{2,3}$/.test(tag)) return tag;
  try {
    return Intl.getCanonicalLocales(tag)[0] ?? null;
  } catch {
    return null;
  }
}

const knownZones = new Map<string, string | null>();

/** An IANA time zone in its canonical spelling; null if `text` names none. */
export function parseTimeZone(text: string): string | null {
  const zone = text.trim();
  const known = knownZones.get(zone);
  if (known !== undefined) return known;
  let found: string | null = null;
  try {
    if (/^(?:UTC|[A-Za-z_]+(?:\/[A-Za-z0-9_+-]+)+)$/.test(zone)) {
      found = new Intl.DateTimeFormat('en', { timeZone: zone }).resolvedOptions().timeZone;
    }
  } catch {
    found = null;
  }
  if (knownZones.size < 2000) knownZones.set(zone, found);
  return found;
}

const line = (max: number) =>
  z
    .string()
    .max(max * 2)
    .transform((text) => cleanLine(text).text)
    .pipe(z.string().max(max))
    .transform((text) => (text === '' ? null : text))
    .nullable();

export const emailSchema = z.string().transform((text, issues) => {
  const parsed = parseEmailAddress(text);
  if (parsed.ok) return parsed.email;
  issues.addIssue({ code: 'custom', message: `“${text.slice(0, 80)}” ${parsed.message}.` });
  return z.NEVER;
});

const languageSchema = z.string().transform((text, issues) => {
  const tag = parseLanguage(text);
  if (tag) return tag;
  issues.addIssue({ code: 'custom', message: `“${text.slice(0, 40)}” is not a language such as en or zh-Hant.` });
  return z.NEVER;
});

const timeZoneSchema = z.string().transform((text, issues) => {
  const zone = parseTimeZone(text);
  if (zone) return zone;
  issues.addIssue({ code: 'custom', message: `“${text.slice(0, 40)}” is not a time zone such as Asia/Singapore.` });
  return z.NEVER;
});

/** What a person or integrator may set on a contact; a field left out stays as it is, null empties it. */
export const contactInputSchema = z.object({
  externalId: line(120).optional(),
  email: emailSchema.nullable().optional(),
  phone: z.string().max(60).nullable().optional(),
  firstName: line(200).optional(),
  lastName: line(200).optional(),
  language: languageSchema.nullable().optional(),
  timeZone: timeZoneSchema.nullable().optional(),
  attributes: z.record(z.string(), attributeValueSchema.nullable()).optional(),
  emailConsent: consentSchema.optional(),
  smsConsent: consentSchema.optional(),
  doNotMarket: z.boolean().optional(),
  trackingOff: z.boolean().optional(),
});
export type ContactInput = z.input<typeof contactInputSchema>;
export type ContactPatch = z.output<typeof contactInputSchema>;
