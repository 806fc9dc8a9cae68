import { type AttributeDefinition, type AttributeValue, hasType, parseCell, TYPE_NEEDS } from '@/lib/domain/attribute';
import type { ContactInput } from '@/lib/domain/contact';
import { AppError, type FieldIssue } from '@/lib/errors';

const TEXT_FIELDS = ['firstName', 'lastName', 'email', 'phone', 'externalId', 'language', 'timeZone'] as const;
const MARKS = ['doNotMarket', 'trackingOff'] as const;
const UNKNOWN = 'unknown';

interface StoredContact extends Record<(typeof TEXT_FIELDS)[number], string | null> {
  doNotMarket: boolean;
  trackingOff: boolean;
  attributes: Record<string, unknown>;
}

function attributeText(value: unknown): string {
  if (Array.isArray(value)) return value.join(', ');
  if (typeof value === 'boolean') return value ? 'yes' : 'no';
  return value === null || value === undefined ? '' : String(value);
}

/** A stored contact as the texts of its form, by the names of the fields. */
export function formValues(contact: StoredContact, attributes: readonly AttributeDefinition[]): Record<string, string> {
  const values: Record<string, string> = {};
  for (const field of TEXT_FIELDS) values[field] = contact[field] ?? '';
  for (const mark of MARKS) values[mark] = contact[mark] ? 'yes' : '';
  for (const { key } of attributes) values[`attributes.${key}`] = attributeText(contact.attributes[key]);
  return values;
}

/** The fields whose text differs from what the form was opened with, so that nobody else’s change is overwritten. */
export function changedFields(data: FormData, stored: Record<string, string>): Record<string, string> {
  const names = new Set([...data.keys(), ...MARKS].filter((name) => !name.startsWith('$')));
  const changed: Record<string, string> = {};
  for (const name of names) {
    const given = data.get(name);
    const text = typeof given === 'string' ? given : '';
    const known = stored[name] ?? '';
    const isSame = text.trim() === known.trim() || (text === UNKNOWN && known === '');
    if (!isSame) changed[name] = text;
  }
  return changed;
}

function readAttribute(definition: AttributeDefinition, text: string): AttributeValue | null | undefined {
  const trimmed = text.trim();
  if (trimmed === '' || (definition.type === 'boolean' && trimmed === UNKNOWN)) return null;
  const value = parseCell(definition.type, trimmed, { dateOrder: 'ymd', decimalMark: 'point' });
  return value !== null && hasType(definition.type, value) ? value : undefined;
}

/**
 * What was typed as the input of a verb: an empty field empties the value. Throws `invalid` with one issue per attribute
 * that is not of its type.
 */
export function contactInput(
  fields: Readonly<Record<string, string>>,
  definitions: readonly AttributeDefinition[],
): ContactInput {
  const input: ContactInput = {};
  for (const field of TEXT_FIELDS) {
    const text = fields[field];
    if (text !== undefined) input[field] = text.trim() === '' ? null : text;
  }
  for (const mark of MARKS) if (fields[mark] !== undefined) input[mark] = fields[mark] === 'yes';
  const issues: FieldIssue[] = [];
  const attributes: Record<string, AttributeValue | null> = {};
  for (const definition of definitions) {
    const path = `attributes.${definition.key}`;
    const text = fields[path];
    if (text === undefined) continue;
    const value = readAttribute(definition, text);
    if (value === undefined) issues.push({ path, message: `${definition.label} ${TYPE_NEEDS[definition.type]}.` });
    else attributes[definition.key] = value;
  }
  if (issues[0]) throw new AppError('invalid', `Nothing was saved. ${issues[0].message}`, { issues });
  return Object.keys(attributes).length > 0 ? { ...input, attributes } : input;
}
