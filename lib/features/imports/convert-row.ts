import { type AttributeType, parseBoolean, parseCell, TYPE_NEEDS } from '@/lib/domain/attribute';
import { cleanLine, parseLanguage, parseTimeZone } from '@/lib/domain/contact';
import { parseEmailAddress } from '@/lib/domain/email-address';
import type { ImportField, ImportOptions, ImportTarget } from '@/lib/domain/import';
import type { ImportRow, RowRemark } from '@/lib/features/imports/row';
import { normalisePhone } from '@/lib/features/suppressions/normalise-phone';

/** A column of the file with where it goes. */
export interface PlannedColumn {
  index: number;
  name: string;
  target: ImportTarget;
}

export interface RowPlan {
  width: number;
  columns: readonly PlannedColumn[];
  options: ImportOptions;
}

/** Puts what a non-empty cell says into the row, or says why it cannot. */
type ReadCell = (cell: string, row: ImportRow, plan: RowPlan) => Omit<RowRemark, 'column'> | null;

const SUSPICIOUS = /^[=@+-]|<|\{/;
const FORMULA = /^[=@]|^[+-][A-Za-z(]/;
const MARKUP = /<[/!?]?[a-z][^>]*>?/i;
const MERGE_TAG = /\{\{|\{%/;

function shown(cell: string): string {
  const line = cleanLine(cell).text;
  return line.length > 60 ? `“${line.slice(0, 60)}…”` : `“${line}”`;
}

function noteText(row: ImportRow, column: string, text: string): void {
  const note = (code: string, what: string) =>
    row.remarks.push({
      column,
      code,
      message: `${column}: ${shown(text)} looks like ${what}; it is kept as plain text.`,
    });
  if (FORMULA.test(text)) note('looks_like_formula', 'a spreadsheet formula');
  if (MARKUP.test(text)) note('looks_like_markup', 'markup');
  if (MERGE_TAG.test(text)) note('looks_like_merge_tag', 'a merge tag');
}

function readText(cell: string, row: ImportRow, column: string): string {
  const { text, changed } = cleanLine(cell);
  if (changed === 'line_breaks') {
    row.remarks.push({ column, code: changed, message: `${column}: a line break was replaced by a space.` });
  } else if (changed) {
    row.remarks.push({ column, code: changed, message: `${column}: invisible characters were removed.` });
  }
  if (SUSPICIOUS.test(text)) noteText(row, column, text);
  return text;
}

function refusal(code: string, cell: string, what: string) {
  return { code, message: `${shown(cell)} ${what}.` };
}

function nameReader(key: 'firstName' | 'lastName', column: string): ReadCell {
  return (cell, row) => {
    const text = readText(cell, row, column);
    if (text.length > 200) return refusal('text_too_long', text, 'has more than 200 characters');
    row.values[key] = text === '' ? null : text;
    return null;
  };
}

const GRANTED = new Set(['granted', 'opt-in', 'opted in', 'opted-in', 'optin', 'subscribed', 'consented']);
const REVOKED = new Set([
  'revoked',
  'opt-out',
  'opted out',
  'opted-out',
  'optout',
  'unsubscribed',
  'withdrawn',
  'denied',
]);

function consentReader(key: 'emailConsent' | 'smsConsent'): ReadCell {
  return (cell, row) => {
    const word = cell.trim().toLowerCase();
    const answer = parseBoolean(word) ?? (GRANTED.has(word) ? true : REVOKED.has(word) ? false : null);
    if (answer !== null) row.values[key] = answer ? 'granted' : 'revoked';
    else if (word !== 'unknown') return refusal('consent_invalid', cell, 'must be yes, no or empty');
    return null;
  };
}

function fieldReader(field: ImportField, column: string): ReadCell {
  switch (field) {
    case 'external_id':
      return (cell, row) => {
        const { text, changed } = cleanLine(cell);
        if (changed || text.length > 120) {
          return refusal('external_id_invalid', cell, 'must be one line of at most 120 characters');
        }
        if (text !== '') row.values.externalId = text;
        return null;
      };
    case 'email':
      return (cell, row) => {
        const parsed = parseEmailAddress(cell);
        if (!parsed.ok) return refusal(parsed.code, cell, parsed.message);
        row.values.email = parsed.email;
        return null;
      };
    case 'phone':
      return (cell, row, plan) => {
        const parsed = normalisePhone(cell, plan.options.defaultCountry);
        if (!parsed.ok) return refusal(parsed.code, cell, parsed.message);
        row.values.phone = parsed.phone;
        return null;
      };
    case 'first_name':
      return nameReader('firstName', column);
    case 'last_name':
      return nameReader('lastName', column);
    case 'language':
      return (cell, row) => {
        const tag = parseLanguage(cell);
        if (!tag) return refusal('language_invalid', cell, 'is not a language such as en or zh-Hant');
        row.values.language = tag;
        return null;
      };
    case 'time_zone':
      return (cell, row) => {
        const zone = parseTimeZone(cell);
        if (!zone) return refusal('time_zone_invalid', cell, 'is not a time zone such as Asia/Singapore');
        row.values.timeZone = zone;
        return null;
      };
    case 'email_consent':
      return consentReader('emailConsent');
    case 'sms_consent':
      return consentReader('smsConsent');
    case 'do_not_market':
      return (cell, row) => {
        const answer = parseBoolean(cell.trim());
        if (answer === null) return refusal('boolean_invalid', cell, 'must be yes or no');
        if (answer) row.values.doNotMarket = true;
        return null;
      };
  }
}

const TYPE_CODES: Record<AttributeType, string> = {
  text: 'text_too_long',
  number: 'number_invalid',
  boolean: 'boolean_invalid',
  date: 'date_invalid',
  tags: 'tags_invalid',
};

function attributeReader(key: string, type: AttributeType, column: string): ReadCell {
  return (cell, row, plan) => {
    const text = type === 'text' || type === 'tags' ? readText(cell, row, column) : cell.trim();
    const value = parseCell(type, text, plan.options);
    if (value === null) return refusal(TYPE_CODES[type], cell, TYPE_NEEDS[type]);
    row.values.attributes ??= {};
    row.values.attributes[key] = value;
    return null;
  };
}

const CLEARED: Partial<Record<ImportField, keyof ImportRow['values']>> = {
  email: 'email',
  phone: 'phone',
  first_name: 'firstName',
  last_name: 'lastName',
  language: 'language',
  time_zone: 'timeZone',
};

function clear(row: ImportRow, target: ImportTarget): void {
  if (target.kind === 'attribute') {
    row.values.attributes ??= {};
    row.values.attributes[target.key] = null;
  } else if (target.kind === 'field') {
    const key = CLEARED[target.field];
    if (key) Object.assign(row.values, { [key]: null });
  }
}

/** A bad value of these says that the row may be about somebody else; it always refuses the row. */
function isIdentity(target: ImportTarget): boolean {
  return target.kind === 'field' && (target.field === 'external_id' || target.field === 'email');
}

const BLANK = /^\s*$/;
const DISARMED = /^'[=+\-@\t\r\0＝＋－＠]/;

/** A file that we exported has an apostrophe before what a spreadsheet would run; it is not part of the value. */
function armed(cell: string): string {
  return cell.charCodeAt(0) === 39 && DISARMED.test(cell) ? cell.slice(1) : cell;
}

function refuse(row: ImportRow, remark: RowRemark): void {
  row.refused = true;
  row.remarks.push(remark);
}

/** Builds the reader of one file: cells in, typed values and remarks out. Cells are never interpreted, only typed. */
export function rowConverter(plan: RowPlan): (number: number, cells: readonly string[]) => ImportRow {
  const { width, options } = plan;
  const readers = plan.columns.flatMap(({ index, name, target }) => {
    if (target.kind === 'ignore') return [];
    const read =
      target.kind === 'field' ? fieldReader(target.field, name) : attributeReader(target.key, target.type, name);
    return [{ index, name, target, read }];
  });

  return (number, cells) => {
    const row: ImportRow = { number, cells, values: {}, remarks: [], refused: false };
    if (cells.length !== width && (cells.length < width || !cells.slice(width).every((cell) => BLANK.test(cell)))) {
      const message = `This row has ${cells.length} columns, the header has ${width}.`;
      refuse(row, { column: null, code: 'wrong_column_count', message });
      return row;
    }
    for (const { index, name, target, read } of readers) {
      const cell = armed(cells[index] ?? '');
      if (cell === '' || BLANK.test(cell)) {
        if (options.emptyCells === 'clear') clear(row, target);
        continue;
      }
      const problem = read(cell, row, plan);
      if (!problem) continue;
      const message = `${name}: ${problem.message}`;
      if (options.badValues === 'leave_empty' && !isIdentity(target)) {
        row.remarks.push({ column: name, code: problem.code, message: `${message} It was left empty.` });
      } else refuse(row, { column: name, code: problem.code, message });
    }
    if (!row.refused && !row.values.externalId && !row.values.email && !row.values.phone) {
      const message = 'This row has no customer number, email or phone, so nobody can be recognised by it.';
      refuse(row, { column: null, code: 'no_identity', message });
    }
    if (row.refused) row.remarks = row.remarks.filter((remark) => !NOTE_ONLY.has(remark.code));
    return row;
  };
}

const NOTE_ONLY = new Set([
  'line_breaks',
  'control_characters',
  'looks_like_formula',
  'looks_like_markup',
  'looks_like_merge_tag',
]);
