import { z } from 'zod';

export const ATTRIBUTE_TYPES = ['text', 'number', 'boolean', 'date', 'tags'] as const;
export const attributeTypeSchema = z.enum(ATTRIBUTE_TYPES);
export type AttributeType = z.infer<typeof attributeTypeSchema>;

export const attributeKeySchema = z
  .string()
  .regex(/^[a-z][a-z0-9_]{0,39}$/, 'must start with a letter and have up to 40 of a–z, 0–9 and _');

export const attributeValueSchema = z.union([
  z.string().max(2000),
  z.number().refine(Number.isFinite),
  z.boolean(),
  z.array(z.string().min(1).max(100)).max(100),
]);
export type AttributeValue = z.infer<typeof attributeValueSchema>;

export interface AttributeDefinition {
  key: string;
  label: string;
  type: AttributeType;
}

const RESERVED = new Set([
  'id',
  'external_id',
  'email',
  'phone',
  'first_name',
  'last_name',
  'full_name',
  'language',
  'time_zone',
  'email_consent',
  'sms_consent',
  'attributes',
]);

/** The key of an attribute called `label`: `Contract End` → `contract_end`. Never empty, never a standard field's name. */
export function attributeKeyOf(label: string): string {
  const ascii = label.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();
  const slug = ascii
    .replace(/[^a-z0-9]+/g, '_')
    .replace(/^[_0-9]+|_+$/g, '')
    .slice(0, 40);
  if (slug === '') return 'attribute';
  return RESERVED.has(slug) ? `${slug}_2` : slug;
}

export function isReservedKey(key: string): boolean {
  return RESERVED.has(key);
}

export const DATE_ORDERS = ['ymd', 'dmy', 'mdy'] as const;
export type DateOrder = (typeof DATE_ORDERS)[number];
export const DECIMAL_MARKS = ['point', 'comma'] as const;
export type DecimalMark = (typeof DECIMAL_MARKS)[number];
export interface CellFormat {
  dateOrder: DateOrder;
  decimalMark: DecimalMark;
}

function isDay(year: number, month: number, day: number): boolean {
  if (year < 1 || month < 1 || month > 12 || day < 1) return false;
  const leap = year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
  const days = month === 2 ? (leap ? 29 : 28) : month === 4 || month === 6 || month === 9 || month === 11 ? 30 : 31;
  return day <= days;
}

const ISO_DATE = /^(\d{4})-(\d{2})-(\d{2})(?:[T ]\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:?\d{2})?)?$/;
const WRITTEN_DATE = /^(\d{1,4})[./-](\d{1,2})[./-](\d{1,4})$/;

/** A calendar date as ISO 8601 (`2026-02-28`); null if `text` is none in this order or the day does not exist. */
export function parseDate(text: string, order: DateOrder): string | null {
  const iso = ISO_DATE.exec(text);
  if (iso) return isDay(Number(iso[1]), Number(iso[2]), Number(iso[3])) ? text.slice(0, 10) : null;
  const written = WRITTEN_DATE.exec(text);
  if (!written) return null;
  const [, a = '', b = '', c = ''] = written;
  const [year, month, day] = order === 'ymd' ? [a, b, c] : order === 'dmy' ? [c, b, a] : [c, a, b];
  if (year.length !== 4 || !isDay(Number(year), Number(month), Number(day))) return null;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

const PLAIN_NUMBER = /^[+-]?\d{1,15}(?:\.\d{1,15})?$/;
const GROUPED_NUMBER = /^[+-]?\d{1,3}(?:,\d{3}){1,4}(?:\.\d{1,15})?$/;

/** A decimal number, with or without groups of three; null if `text` is none. `comma` reads 1.234,50 as 1234.5. */
export function parseDecimal(text: string, mark: DecimalMark): number | null {
  const plain = mark === 'point' ? text : text.replace(/[.,]/g, (found) => (found === '.' ? ',' : '.'));
  if (PLAIN_NUMBER.test(plain)) return Number(plain);
  const ungrouped = plain.replace(/[ \u00a0\u202f’']/g, ',');
  return GROUPED_NUMBER.test(ungrouped) ? Number(ungrouped.replaceAll(',', '')) : null;
}

const YES = new Set(['yes', 'y', 'true', 't', '1', 'on', 'x', '✓']);
const NO = new Set(['no', 'n', 'false', 'f', '0', 'off']);
// as the systems of other languages write it: German and Dutch, French, Spanish and Italian, Portuguese, Polish, Malay …
const YES_ELSEWHERE = new Set(['ja', 'j', 'oui', 'si', 'sim', 'tak', 'ya', 'wahr', 'vrai', '是', 'はい']);
const NO_ELSEWHERE = new Set(['nein', 'nee', 'non', 'nao', 'nie', 'tidak', 'falsch', 'faux', '否', 'いいえ']);

export function parseBoolean(text: string): boolean | null {
  const word = text.toLowerCase();
  if (YES.has(word)) return true;
  if (NO.has(word)) return false;
  const plain = word
    .normalize('NFD')
    .replace(/\p{Mn}/gu, '')
    .normalize('NFC');
  return YES_ELSEWHERE.has(plain) ? true : NO_ELSEWHERE.has(plain) ? false : null;
}

/** Tags separated by comma, semicolon or bar, each once. */
export function parseTags(text: string): string[] {
  const tags = text.split(/[,;|]/).map((tag) => tag.trim());
  return [...new Set(tags.filter((tag) => tag !== ''))];
}

export const TYPE_NEEDS: Record<AttributeType, string> = {
  text: 'must be text of at most 2,000 characters',
  number: 'must be a number such as 1234.50',
  boolean: 'must be yes or no',
  date: 'must be a date that exists, such as 2026-02-28',
  tags: 'must be at most 100 tags of at most 100 characters',
};

/** The typed value of a non-empty cell, or null if it does not have this type. */
export function parseCell(type: AttributeType, text: string, format: CellFormat): AttributeValue | null {
  switch (type) {
    case 'text':
      return text.length <= 2000 ? text : null;
    case 'number':
      return parseDecimal(text, format.decimalMark);
    case 'boolean':
      return parseBoolean(text);
    case 'date':
      return parseDate(text, format.dateOrder);
    case 'tags': {
      const tags = parseTags(text);
      return tags.length <= 100 && tags.every((tag) => tag.length <= 100) ? tags : null;
    }
  }
}

/** Whether a value already has the stored form of its type. */
export function hasType(type: AttributeType, value: unknown): boolean {
  switch (type) {
    case 'text':
      return typeof value === 'string';
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && value.length === 10 && parseDate(value, 'ymd') === value;
    case 'tags':
      return Array.isArray(value) && value.every((tag) => typeof tag === 'string');
  }
}
