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

const NAMES: readonly [ImportField, RegExp][] = [
  ['email_consent', /^(?:e?mail|newsletter) ?(?:consent|opt ?in|permission|subscribed)$|^(?:consent|opt ?in) ?e?mail$/],
  ['sms_consent', /^(?:sms|text|mobile|phone) ?(?:consent|opt ?in|permission)$|^(?:consent|opt ?in) ?(?:sms|text)$/],
  ['do_not_market', /^do not (?:market|contact)$|^dnm$|^no marketing$/],
  ['email', /^e ?mail(?: ?address)?$/],
  ['phone', /^(?:mobile|phone|cell|msisdn|tel|telephone|handphone|hp)(?: ?(?:number|no|phone))?$/],
  ['first_name', /^(?:first|given|fore) ?name$|^vorname$|^prenom$/],
  ['last_name', /^(?:last|family|sur) ?name$|^surname$|^nachname$|^nom$/],
  ['language', /^(?:preferred )?(?:language|lang|locale)$/],
  ['time_zone', /^(?:time ?zone|tz|iana ?zone)$/],
  [
    'external_id',
    /^(?:customer|client|account|subscriber|contact|crm|external|member|user)? ?(?:no|number|id|nr|ref|key)$/,
  ],
];
const TEXT_ONLY: CellFormat = { dateOrder: 'ymd', decimalMark: 'point' };

function words(header: string): string {
  const spaced = header
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/([a-z])([A-Z])/g, '$1 $2');
  return spaced
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, ' ')
    .trim();
}

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
  if (mostly(filled, (cell) => /^(?:yes|no|true|false)$/i.test(cell) && parseBoolean(cell) !== null)) return 'boolean';
  if (filled.filter((cell) => /[;|]/.test(cell)).length > filled.length / 3) return 'tags';
  return 'text';
}

function targetOf(
  header: string,
  cells: readonly string[],
  taken: Set<string>,
  known: readonly AttributeDefinition[],
): ImportTarget {
  const name = words(header);
  const found = NAMES.find(([field, pattern]) => !taken.has(field) && pattern.test(name))?.[0];
  if (found) return { kind: 'field', field: found };
  const filled = cells.filter((cell) => cell.trim() !== '');
  if (!taken.has('email') && name === '' && mostly(filled, (cell) => parseEmailAddress(cell).ok)) {
    return { kind: 'field', field: 'email' };
  }
  if (filled.length === 0 && name === '') return { kind: 'ignore' };
  const label = header.trim() || 'Attribute';
  const key = attributeKeyOf(label);
  const definition = known.find((one) => one.key === key);
  if (definition && !taken.has(key)) return { kind: 'attribute', ...definition };
  let free = key;
  for (let n = 2; taken.has(free); n++) free = `${key.slice(0, 36)}_${n}`;
  return { kind: 'attribute', key: free, label: label.slice(0, 80), type: suggestType(cells) };
}

/** A mapping to start from: columns recognised by their name, the rest as attributes typed by their samples. */
export function suggestMapping(
  columns: readonly string[],
  samples: readonly (readonly string[])[],
  known: readonly AttributeDefinition[],
): ImportMapping {
  const taken = new Set<string>();
  return columns.map((column, index) => {
    const cells = samples.map((row) => row[index] ?? '');
    const target = targetOf(column, cells, taken, known);
    if (target.kind === 'field') taken.add(target.field);
    if (target.kind === 'attribute') taken.add(target.key);
    return { column, target };
  });
}
