import {
  type AttributeDefinition,
  type AttributeType,
  attributeKeyOf,
  type CellFormat,
  type DateOrder,
  parseBoolean,
  parseDate,
  parseDecimal,
} from './attribute';
import { parseEmailAddress } from './email-address';
import type { ImportField, ImportMapping, ImportTarget } from './import';
import { fieldOfHeader, halfName, saysNothing } from './import-headers';

const TEXT_ONLY: CellFormat = { dateOrder: 'ymd', decimalMark: 'point' };

/** The order in which most of these cells are dates; `ymd` if they do not say. */
export function suggestDateOrder(cells: readonly string[]): DateOrder {
  const fits = (order: DateOrder) => cells.filter((cell) => parseDate(cell, order) !== null).length;
  const counted = (['ymd', 'dmy', 'mdy'] as const).map((order) => ({ order, n: fits(order) }));
  return counted.reduce((best, one) => (one.n > best.n ? one : best)).order;
}

function mostly(cells: readonly string[], test: (cell: string) => boolean): boolean {
  return cells.length > 0 && cells.filter(test).length >= cells.length * 0.9;
}

/** The type that nearly all of a column's non-empty cells have. */
export function suggestType(cells: readonly string[]): AttributeType {
  const filled = cells.map((cell) => cell.trim()).filter((cell) => cell !== '');
  const order = suggestDateOrder(filled);
  if (mostly(filled, (cell) => parseDate(cell, order) !== null)) return 'date';
  const codeLike = filled.some((cell) => /^0\d/.test(cell));
  if (!codeLike && mostly(filled, (cell) => parseDecimal(cell, TEXT_ONLY.decimalMark) !== null)) return 'number';
  // single letters and digits may mean anything; words do not
  if (mostly(filled, (cell) => !/^[a-z\d]$/i.test(cell) && parseBoolean(cell) !== null)) return 'boolean';
  if (filled.filter((cell) => /[;|]/.test(cell)).length > filled.length / 3) return 'tags';
  return 'text';
}

const isEmail = (cell: string) => parseEmailAddress(cell).ok;
const digitsOf = (cell: string) => cell.normalize('NFKC').replace(/\D/g, '').length;
const isPhoneLike = (cell: string) => /^[+(]?[\d\s().\-/]+$/.test(cell.normalize('NFKC').trim()) && digitsOf(cell) >= 5;
const isInternational = (cell: string) => /^(?:\+|00)[\d\s().-]{8,22}$/.test(cell.trim()) && digitsOf(cell) >= 8;
const CONSENT_WORDS = /^(?:granted|revoked|unknown|(?:un)?subscribed|opt(?:ed)?[- ]?(?:in|out))$/i;
const isConsent = (cell: string) => parseBoolean(cell.trim()) !== null || CONSENT_WORDS.test(cell.trim());

/** What the cells of a field look like. A column none of whose cells does is something else, whatever its name. */
const LOOKS: Partial<Record<ImportField, (cell: string) => boolean>> = {
  email: isEmail,
  phone: isPhoneLike,
  language: (cell) => /^[a-z]{2,3}(?:[-_][a-z]{2,4})*$/i.test(cell.trim()),
  time_zone: (cell) => /^(?:[a-z]+\/[a-z_/+-]+|utc|gmt)$/i.test(cell.trim()),
  email_consent: isConsent,
  sms_consent: isConsent,
  do_not_market: (cell) => parseBoolean(cell.trim()) !== null,
};
/** Fewer cells than this prove nothing against a name. */
const FEW = 3;

/** 1, 2, 3 … is the number of the row and of nobody. */
function countsRows(filled: readonly string[]): boolean {
  return (
    filled.length >= FEW && filled.every((cell, i) => Number(cell) === Number(filled[0]) + i) && Number(filled[0]) <= 1
  );
}

interface Column {
  index: number;
  header: string;
  filled: string[];
}

interface Candidate {
  column: Column;
  field: ImportField;
  rank: number;
}

function candidateOf(column: Column): Candidate | null {
  const { header, filled } = column;
  const named = fieldOfHeader(header);
  if (named) {
    const looks = LOOKS[named.field];
    if (looks && filled.length >= FEW && !filled.some(looks)) return null;
    if (named.field === 'external_id' && named.rank > 0 && countsRows(filled)) return null;
    return { column, ...named };
  }
  if (!saysNothing(header)) return null;
  if (mostly(filled, isEmail)) return { column, field: 'email', rank: 2 };
  return mostly(filled, isInternational) ? { column, field: 'phone', rank: 2 } : null;
}

/** The column of each field: the one that says so most surely. Where several say it equally, a person decides. */
function fieldsOf(columns: readonly Column[]): Map<number, ImportField> {
  const candidates = columns.flatMap((column) => candidateOf(column) ?? []);
  const fields = new Map<number, ImportField>();
  for (const field of new Set(candidates.map((one) => one.field))) {
    const own = candidates.filter((one) => one.field === field);
    const best = Math.min(...own.map(({ rank }) => rank));
    const [first, ...equal] = own.filter(({ rank }) => rank === best);
    if (first && equal.length === 0) fields.set(first.column.index, field);
  }
  for (const other of ['first_name', 'last_name'] as const) {
    const known = new Set(fields.values());
    const halves = columns.flatMap(({ index, header }) => {
      const half = halfName(header, other);
      return half && known.has(other) && !known.has(half) ? [{ index, half }] : [];
    });
    const [only, ...more] = halves;
    if (only && more.length === 0) fields.set(only.index, only.half);
  }
  return fields;
}

function attributeOf(
  { header, filled }: Column,
  taken: Set<string>,
  known: readonly AttributeDefinition[],
): ImportTarget {
  if (filled.length === 0 && header.trim() === '') return { kind: 'ignore' };
  const label = header.trim() || 'Attribute';
  const key = attributeKeyOf(label);
  const definition = known.find((one) => one.key === key);
  if (definition && !taken.has(key)) return { kind: 'attribute', ...definition };
  let free = key;
  for (let n = 2; taken.has(free); n++) free = `${key.slice(0, 36)}_${n}`;
  return { kind: 'attribute', key: free, label: label.slice(0, 80), type: suggestType(filled) };
}

/**
 * A mapping to start from: columns recognised by their name or, where that says nothing, by what is in them; the rest as
 * attributes typed by their samples. What may mean several things is left for a person to say.
 */
export function suggestMapping(
  columns: readonly string[],
  samples: readonly (readonly string[])[],
  known: readonly AttributeDefinition[],
): ImportMapping {
  const seen = columns.map((header, index) => ({
    index,
    header,
    filled: samples.map((row) => row[index] ?? '').filter((cell) => cell.trim() !== ''),
  }));
  const fields = fieldsOf(seen);
  const taken = new Set<string>();
  return seen.map((column) => {
    const field = fields.get(column.index);
    const target: ImportTarget = field ? { kind: 'field', field } : attributeOf(column, taken, known);
    if (target.kind === 'attribute') taken.add(target.key);
    return { column: column.header, target };
  });
}
