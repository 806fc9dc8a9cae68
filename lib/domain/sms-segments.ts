import { ContentError } from './content-error';
import { cleanText } from './escape';
import type { MergeNode, ReservedField } from './merge-tags';
import { compileMergeTags, type ReadText } from './merge-tags-eval';
import { parseMergeTags } from './merge-tags-parse';

const GSM_BASIC = new Set(
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà',
);
const GSM_EXTENSION = new Set('\f^{}\\[~]|€');

export type SmsEncoding = 'GSM-7' | 'UCS-2';

export interface SmsSegments {
  encoding: SmsEncoding;
  segments: number;
  /** Septets (GSM-7) or UTF-16 units (UCS-2) used. */
  units: number;
  /** What the last segment still holds. */
  unitsLeft: number;
  /** The characters that force UCS-2, each once, in order. */
  nonGsm: string[];
}

const LIMITS = { 'GSM-7': { single: 160, joined: 153 }, 'UCS-2': { single: 70, joined: 67 } } as const;

/**
 * How a text is cut into SMS segments: 3GPP TS 23.038 alphabets, TS 23.040 concatenation (153 and 67 with a header). A
 * character is never split over two segments, so neither an escape pair nor a surrogate pair is.
 */
export function countSmsSegments(text: string): SmsSegments {
  const characters = [...text];
  const nonGsm = [...new Set(characters.filter((char) => !GSM_BASIC.has(char) && !GSM_EXTENSION.has(char)))];
  const encoding: SmsEncoding = nonGsm.length === 0 ? 'GSM-7' : 'UCS-2';
  const sizes = characters.map((char) => (encoding === 'UCS-2' ? char.length : GSM_EXTENSION.has(char) ? 2 : 1));
  const units = sizes.reduce((sum, size) => sum + size, 0);
  const { single, joined } = LIMITS[encoding];
  if (units <= single) return { encoding, segments: units === 0 ? 0 : 1, units, unitsLeft: single - units, nonGsm };
  let segments = 1;
  let used = 0;
  for (const size of sizes) {
    if (used + size > joined) {
      segments++;
      used = 0;
    }
    used += size;
  }
  return { encoding, segments, units, unitsLeft: joined - used, nonGsm };
}

const TRANSLITERATION: Record<string, string> = {
  '‘': "'",
  '’': "'",
  '‚': "'",
  '‛': "'",
  '′': "'",
  '`': "'",
  '´': "'",
  '“': '"',
  '”': '"',
  '„': '"',
  '″': '"',
  '«': '"',
  '»': '"',
  '‹': '<',
  '›': '>',
  '–': '-',
  '—': '-',
  '−': '-',
  '‐': '-',
  '‑': '-',
  '…': '...',
  '•': '*',
  '·': '.',
  '\t': ' ',
  '\u00a0': ' ',
  '\u2007': ' ',
  '\u2009': ' ',
  '\u202f': ' ',
  '\u200b': '',
  '\u200c': '',
  '\u200d': '',
  '\u00ad': '',
  '\ufeff': '',
  '×': 'x',
  '÷': '/',
  '™': '(TM)',
  '®': '(R)',
  '©': '(C)',
  '№': 'No.',
  '½': '1/2',
  '¼': '1/4',
  '¾': '3/4',
  '→': '->',
  '←': '<-',
  ł: 'l',
  Ł: 'L',
  đ: 'd',
  Đ: 'D',
  ı: 'i',
  œ: 'oe',
  Œ: 'OE',
  þ: 'th',
  Þ: 'Th',
  ð: 'd',
  Ð: 'D',
};

/** The nearest text in the GSM alphabet, or the character itself where there is none (emoji, other scripts). */
function nearestGsm(char: string): string {
  if (GSM_BASIC.has(char) || GSM_EXTENSION.has(char)) return char;
  if (Object.hasOwn(TRANSLITERATION, char)) return TRANSLITERATION[char] ?? char;
  const plain = char.normalize('NFD').replace(/\p{M}/gu, '');
  return plain !== '' && [...plain].every((part) => GSM_BASIC.has(part)) ? plain : char;
}

/** The text with every character that has a GSM-7 look-alike replaced by it. */
export function transliterateSms(text: string): string {
  return [...text.normalize('NFC')].map(nearestGsm).join('');
}

export interface SmsSuggestion {
  from: string;
  to: string;
}

/** Replacements that would make the text cheaper; empty when none helps, because some character has no look-alike. */
export function suggestGsm(text: string): SmsSuggestion[] {
  const { nonGsm, segments } = countSmsSegments(text);
  const changed = countSmsSegments(transliterateSms(text));
  if (changed.encoding !== 'GSM-7' || changed.segments > segments) return [];
  return nonGsm.map((from) => ({ from, to: nearestGsm(from) }));
}

export const MAX_SMS_LENGTH = 1600;

/** Plain data: stored in a frozen campaign version. */
export interface CompiledSms {
  format: 1;
  locale: string;
  text: MergeNode[];
}

export interface RenderedSms {
  text: string;
  segments: number;
  encoding: SmsEncoding;
}

/** Parses an SMS text once; throws `MergeTagError` with the position. */
export function compileSms(text: string, locale = 'en'): CompiledSms {
  return { format: 1, locale, text: parseMergeTags(text) };
}

const prepared = new WeakMap<CompiledSms, ReadText>();

/** One contact's SMS. Pure. Throws `ContentError` for unusable data, an empty text or one no network carries (over 1,600 characters). */
export function renderSms(
  compiled: CompiledSms,
  values: Readonly<Record<string, unknown>>,
  reserved: Readonly<Partial<Record<ReservedField, string>>> = {},
): RenderedSms {
  let read = prepared.get(compiled);
  if (!read) {
    read = compileMergeTags(compiled.text, compiled.locale, onOneLine);
    prepared.set(compiled, read);
  }
  const text = read({ values, reserved }).trim();
  if (text === '') throw new ContentError('The SMS would be empty for this contact.');
  if (text.length > MAX_SMS_LENGTH) {
    throw new ContentError(
      `The SMS would have ${text.length} characters for this contact; ${MAX_SMS_LENGTH} is the most.`,
    );
  }
  const { segments, encoding } = countSmsSegments(text);
  return { text, segments, encoding };
}

function onOneLine(text: string): string {
  return cleanText(text).replace(/\s*\n\s*/g, ' ');
}
