import { type AttributeDefinition, attributeKeyOf } from '@/lib/domain/attribute';
import { FIELD_LABELS } from '@/lib/domain/contact';
import { IMPORT_FIELDS, type ImportMapping, type ImportOptions, type ImportTarget } from '@/lib/domain/import';

/** What the server sees in an uploaded file. */
export interface FileInspection {
  fileName: string;
  sizeBytes: number;
  encoding: string;
  delimiter: ImportOptions['delimiter'];
  hasHeader: boolean;
  dateOrder: ImportOptions['dateOrder'];
  columns: string[];
  samples: string[][];
  estimatedRows: number;
  mapping: ImportMapping;
}

export interface ImportSetup {
  mapping: ImportMapping;
  options: ImportOptions;
  listId: string;
}

export const LEAVE_OUT = 'ignore';
export const NEW_ATTRIBUTE = 'new';

/** What the file suggests, to begin with. */
export function suggestedSetup(file: FileInspection): ImportSetup {
  const { encoding, delimiter, hasHeader, dateOrder, mapping } = file;
  return {
    mapping,
    listId: '',
    options: {
      encoding,
      delimiter,
      hasHeader,
      dateOrder,
      decimalMark: 'point',
      emptyCells: 'keep',
      badValues: 'reject_row',
    },
  };
}

/** The same choices over a file that is read differently: what was decided about a column stays with its name. */
export function carryOver(setup: ImportSetup, file: FileInspection): ImportSetup {
  const { encoding, delimiter, hasHeader } = file;
  const mapping = file.mapping.map((suggested) => {
    const decided = setup.mapping.find(({ column }) => column === suggested.column);
    return decided ?? suggested;
  });
  return { ...setup, mapping, options: { ...setup.options, encoding, delimiter, hasHeader } };
}

/** How a target is named among the choices: a field, a known attribute, a new one, or none. */
export function choiceOf(target: ImportTarget, known: readonly AttributeDefinition[]): string {
  if (target.kind === 'ignore') return LEAVE_OUT;
  if (target.kind === 'field') return `field:${target.field}`;
  return known.some(({ key }) => key === target.key) ? `attribute:${target.key}` : NEW_ATTRIBUTE;
}

export function targetOf(choice: string, column: string, known: readonly AttributeDefinition[]): ImportTarget {
  const field = IMPORT_FIELDS.find((one) => `field:${one}` === choice);
  if (field) return { kind: 'field', field };
  const definition = known.find(({ key }) => `attribute:${key}` === choice);
  if (definition) return { kind: 'attribute', ...definition };
  if (choice !== NEW_ATTRIBUTE) return { kind: 'ignore' };
  const label = column.slice(0, 80) || 'Attribute';
  return { kind: 'attribute', key: attributeKeyOf(label), label, type: 'text' };
}

function goalOf(target: ImportTarget): string | null {
  return target.kind === 'field' ? target.field : target.kind === 'attribute' ? target.key : null;
}

export interface MappingProblems {
  /** By column. */
  columns: Readonly<Record<string, string>>;
  /** About the whole mapping. */
  whole: string | null;
}

/** What keeps a mapping from being used, as sentences; the server says the same. */
export function mappingProblems(mapping: ImportMapping): MappingProblems {
  const columns: Record<string, string> = {};
  const taken = new Map<string, string>();
  for (const { column, target } of mapping) {
    if (target.kind === 'attribute' && target.label.trim() === '') columns[column] = 'Give the attribute a name.';
    const goal = goalOf(target);
    if (!goal) continue;
    const other = taken.get(goal);
    const name = target.kind === 'attribute' ? target.label : (FIELD_LABELS[goal] ?? goal);
    if (other !== undefined) columns[column] = `“${other}” goes to ${name} already.`;
    else taken.set(goal, column);
  }
  const isIdentified = ['external_id', 'email', 'phone'].some((field) => taken.has(field));
  const whole = isIdentified ? null : 'Choose which column is the customer number, the email or the phone.';
  return { columns, whole };
}
